/* store_manifest.c - any bytes as a manifest; what is read, written, and read
 * again must be the same. */
#include <stdlib.h>

#include "base/slice.h"
#include "store/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_manifest manifest, again;
    sheaf_buffer first = {0}, second = {0};
    sheaf_manifest_init(&manifest);
    sheaf_manifest_init(&again);
    if (sheaf_manifest_read(&manifest, (sheaf_slice){(const char *)data, size}, NULL) == SHEAF_OK) {
        sheaf_manifest_write(&first, &manifest);
        if (sheaf_manifest_read(&again, sheaf_buffer_view(&first), NULL) != SHEAF_OK)
            abort();
        sheaf_manifest_write(&second, &again);
        if (!sheaf_slice_equal(sheaf_buffer_view(&first), sheaf_buffer_view(&second)))
            abort();
    }
    sheaf_buffer_clear(&first);
    sheaf_buffer_clear(&second);
    sheaf_manifest_clear(&manifest);
    sheaf_manifest_clear(&again);
    return 0;
}
