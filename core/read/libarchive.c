/* libarchive.c - finds the functions of libarchive by their names. */
#include "read/libarchive.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "base/status.h"

typedef struct wanted {
    const char *name;
    size_t at; /* its member */
} wanted;

static const wanted functions[] = {
#define FUNCTION(name) {#name, offsetof(sheaf_libarchive, name)},
    SHEAF_LIBARCHIVE(FUNCTION)
#undef FUNCTION
};

/* By the number of its interface, for which we are compiled, or else by its plain name. */
static void *open_library(void) {
    void *library = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
    return library ? library : dlopen("libarchive.so", RTLD_NOW | RTLD_LOCAL);
}

sheaf_status sheaf_libarchive_load(sheaf_libarchive *out, sheaf_error *error) {
    void *library = open_library();
    if (!library)
        return sheaf_fail(error, SHEAF_UNSUPPORTED,
                          "archives are read with libarchive, which is not installed");
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(library, functions[i].name);
        if (!function)
            return sheaf_fail(error, SHEAF_UNSUPPORTED,
                              "the libarchive that is installed is too old: it has no %s",
                              functions[i].name);
        memcpy((char *)out + functions[i].at, &function, sizeof function);
    }
    return SHEAF_OK;
}
