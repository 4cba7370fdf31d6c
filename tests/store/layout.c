/* layout.c - the outer layout: headers, directories, zip64, big files. */
#include <fcntl.h>

#include "base/memory.h"
#include "store/sample.h"
#include "store/zip.h"

static const sheaf_entry small = {{"articles/000001-0001.jsonl.zst", 30}, 79, 1000, 0x12345678};
static const sheaf_entry big = {{"meta/000001-0001", 16}, 5000, (uint64_t)5 << 30, 0x9abcdef0};
static const sheaf_entry far = {{"manifest/000001.json", 20}, (uint64_t)6 << 30, 77, 1};
static const sheaf_entry both = {{"x", 1}, (uint64_t)7 << 30, (uint64_t)9 << 30, 2};

/* The header of entry as bytes, as many as the data would need behind it. */
static bool header_comes_back(sheaf_entry entry) {
    sheaf_buffer bytes = {0};
    sheaf_entry got = {0};
    entry.offset = 3;
    sheaf_buffer_append(&bytes, "...", 3);
    sheaf_zip_header(&bytes, &entry);
    bool sized = bytes.size == 3 + sheaf_zip_header_size(&entry);
    /* the data itself is not read: a slice may claim it */
    sheaf_slice claim = {bytes.data, bytes.size + (size_t)entry.size};
    bool same = sheaf_zip_header_read(&got, claim, 3, NULL) == SHEAF_OK && got.size == entry.size &&
                got.crc == entry.crc && got.offset == 3 && sheaf_slice_equal(got.name, entry.name);
    claim.size--;
    bool cut = sheaf_zip_header_read(&got, claim, 3, NULL) == SHEAF_CORRUPT;
    sheaf_buffer_clear(&bytes);
    return sized && same && cut;
}

TEST(headers_come_back) {
    CHECK(header_comes_back(small));
    CHECK(header_comes_back(big));
}

TEST(names_that_lead_elsewhere_are_refused) {
    CHECK(!header_comes_back((sheaf_entry){.name = SLICE("/etc/passwd")}));
    CHECK(!header_comes_back((sheaf_entry){.name = SLICE("a/../../b")}));
    CHECK(!header_comes_back((sheaf_entry){.name = SLICE("a\\b")}));
    CHECK(!header_comes_back((sheaf_entry){.name = SLICE("caf\xc3\xa9")}));
    CHECK(!header_comes_back((sheaf_entry){.name = SLICE("")}));
    CHECK(header_comes_back((sheaf_entry){.name = SLICE("layers/quotes@1.0.0/000001.jsonl.zst")}));
}

TEST(directories_come_back_with_big_sizes_and_offsets) {
    const sheaf_entry entries[] = {small, big, far, both};
    const uint64_t at = (uint64_t)40 << 30;
    sheaf_directory got;
    sheaf_buffer data = {0};
    for (size_t i = 0; i < 4; i++)
        sheaf_zip_record(&data, &entries[i]);
    sheaf_zip_end(&data, 4, at, data.size);
    CHECK_NUMBER(sheaf_directory_parse(&got, sheaf_buffer_view(&data), at, NULL), SHEAF_OK);
    CHECK_NUMBER(got.count, 4);
    for (size_t i = 0; i < 4; i++) {
        CHECK_NUMBER(got.entries[i].offset, entries[i].offset);
        CHECK_NUMBER(got.entries[i].size, entries[i].size);
        CHECK_NUMBER(got.entries[i].crc, entries[i].crc);
    }
    CHECK(sheaf_directory_entry(&got, SLICE("x")) == &got.entries[3]);
    CHECK(!sheaf_directory_entry(&got, SLICE("y")));
    sheaf_directory_clear(&got);
    CHECK_NUMBER(sheaf_directory_parse(&got, sheaf_buffer_view(&data), at + 1, NULL),
                 SHEAF_CORRUPT);
    for (size_t i = 0; i < data.size; i++) {
        data.data[i] ^= 1;
        sheaf_status status = sheaf_directory_parse(&got, sheaf_buffer_view(&data), at, NULL);
        if (status == SHEAF_OK)
            sheaf_directory_clear(&got); /* a size, a CRC, a letter of a name */
        data.data[i] ^= 1;
    }
    sheaf_buffer_clear(&data);
}

TEST(more_entries_than_sixteen_bits_hold) {
    sheaf_directory got;
    sheaf_buffer data = {0};
    uint64_t at = 0;
    char name[32];
    for (unsigned i = 0; i < 80000; i++) {
        snprintf(name, sizeof name, "n/%06u", i);
        sheaf_entry entry = {sheaf_slice_of(name), at, 10, i};
        sheaf_zip_record(&data, &entry);
        at = sheaf_entry_end(&entry);
    }
    sheaf_zip_end(&data, 80000, at, data.size);
    CHECK_NUMBER(sheaf_directory_parse(&got, sheaf_buffer_view(&data), at, NULL), SHEAF_OK);
    CHECK_NUMBER(got.count, 80000);
    CHECK_TEXT(got.entries[79999].name, "n/079999");
    sheaf_directory_clear(&got);
    sheaf_buffer_clear(&data);
}

TEST(entries_that_overlap_are_refused) {
    sheaf_directory got;
    sheaf_buffer data = {0};
    sheaf_entry first = {SLICE("a"), 0, 100, 0}, second = {SLICE("b"), 130, 10, 0};
    sheaf_zip_record(&data, &first);
    sheaf_zip_record(&data, &second);
    sheaf_zip_end(&data, 2, 1000, data.size);
    CHECK_NUMBER(sheaf_directory_parse(&got, sheaf_buffer_view(&data), 1000, NULL), SHEAF_CORRUPT);
    sheaf_buffer_clear(&data);
}

/* A sheaf whose only large entry is a hole of 5 GiB. */
static void make_sparse(const char *path) {
    static const char json[] = "{\"format\":1,\"commit\":1}";
    sheaf_buffer bytes = {0};
    sheaf_entry hole = {SLICE("articles/000001-0001.jsonl.zst"), 0, (uint64_t)5 << 30, 0};
    sheaf_entry manifest = {SLICE("manifest/000001.json"), sheaf_entry_end(&hole), sizeof json - 1,
                            0};
    sheaf_entry commit = {SLICE(".commit/000001"), sheaf_entry_end(&manifest), 0, 0};
    sheaf_buffer data = {0};
    sheaf_zip_record(&data, &hole);
    sheaf_zip_record(&data, &manifest);
    sheaf_zip_end(&data, 2, sheaf_entry_data(&commit), data.size);
    commit.size = data.size;
    commit.crc = 0;
    for (size_t i = 0; i < data.size; i++) { /* CRC-32, bit by bit */
        commit.crc = i ? commit.crc : UINT32_MAX;
        commit.crc ^= (uint8_t)data.data[i];
        for (int bit = 0; bit < 8; bit++)
            commit.crc = commit.crc >> 1 ^ (commit.crc & 1 ? 0xEDB88320u : 0);
    }
    commit.crc = ~commit.crc;
    sheaf_zip_header(&bytes, &manifest);
    sheaf_buffer_append(&bytes, json, sizeof json - 1);
    sheaf_zip_header(&bytes, &commit);
    sheaf_buffer_add(&bytes, sheaf_buffer_view(&data));
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0666);
    CHECK(pwrite(fd, bytes.data, bytes.size, (off_t)manifest.offset) == (ssize_t)bytes.size);
    sheaf_buffer_clear(&bytes);
    sheaf_zip_header(&bytes, &hole);
    CHECK(pwrite(fd, bytes.data, bytes.size, 0) == (ssize_t)bytes.size);
    close(fd);
    sheaf_buffer_clear(&bytes);
    sheaf_buffer_clear(&data);
}

TEST(opens_and_extends_a_file_beyond_four_gigabytes) {
    char folder[64], path[128];
    sheaf_file *file;
    sheaf_about about;
    make_folder(folder);
    make_sparse(in_folder(path, folder, "big.sheaf"));
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, 0, 9, NULL), SHEAF_OK);
    CHECK_NUMBER(intact(path), 9);
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_about(file, &about, NULL), SHEAF_OK);
    CHECK(about.bytes > (uint64_t)5 << 30);
    CHECK_NUMBER(about.commits, 2);
    sheaf_file_close(file);
    remove_folder(folder);
}

int main(void) {
    RUN(T(headers_come_back), T(names_that_lead_elsewhere_are_refused),
        T(directories_come_back_with_big_sizes_and_offsets), T(more_entries_than_sixteen_bits_hold),
        T(entries_that_overlap_are_refused), T(opens_and_extends_a_file_beyond_four_gigabytes));
}
