/*
 * symbols.c - which entry functions a shared library exports, read from its file: to load a library
 * is to run code of it, and one that is no plugin of this ABI is never loaded.
 */
#include "plug/registry.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PREFIX    "sy_plugin_v"
#define TABLE_MAX (64u << 20) /* bytes of symbols or of their names */

typedef ElfW(Ehdr) elf_header;
typedef ElfW(Shdr) elf_section;
typedef ElfW(Sym) elf_symbol;

static bool read_at(int fd, void *out, size_t len, uint64_t at)
{
    char *bytes = out;
    while (len > 0) {
        ssize_t n = at > INT64_MAX - len ? 0 : pread(fd, bytes, len, (off_t)at);
        if (n <= 0)
            return false;
        bytes += n;
        at += (uint64_t)n;
        len -= (size_t)n;
    }
    return true;
}

/* A section's bytes with a NUL behind them; NULL: none, too long, no memory. */
static char *read_section(int fd, const elf_section *section)
{
    if (section->sh_size == 0 || section->sh_size > TABLE_MAX)
        return NULL;
    char *bytes = malloc(section->sh_size + 1);
    if (bytes == NULL || !read_at(fd, bytes, section->sh_size, section->sh_offset)) {
        free(bytes);
        return NULL;
    }
    bytes[section->sh_size] = '\0';
    return bytes;
}

static bool is_library(const elf_header *h)
{
    return memcmp(h->e_ident, ELFMAG, SELFMAG) == 0 &&
           h->e_ident[EI_CLASS] == (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32) &&
           h->e_type == ET_DYN && h->e_shentsize == sizeof(elf_section) && h->e_shnum > 0;
}

/* One name: "sy_plugin_v1". */
static void note_name(struct symbols *out, const char *name)
{
    if (strncmp(name, PREFIX, sizeof PREFIX - 1) != 0)
        return;
    const char *digits = name + sizeof PREFIX - 1;
    size_t n = strspn(digits, "0123456789");
    if (n == 0 || n > 6 || digits[n] != '\0')
        return;
    unsigned abi = (unsigned)strtoul(digits, NULL, 10);
    if (abi == SY_PLUGIN_ABI)
        out->entry = true;
    else
        out->other = abi;
}

static void note_symbols(struct symbols *out, int fd, const elf_section *table,
                         const elf_section *names)
{
    char *symbols = read_section(fd, table), *texts = read_section(fd, names);
    size_t n = symbols == NULL || texts == NULL ? 0 : table->sh_size / sizeof(elf_symbol);
    for (size_t i = 0; i < n; i++) {
        elf_symbol symbol;
        memcpy(&symbol, symbols + i * sizeof symbol, sizeof symbol);
        if (symbol.st_shndx != SHN_UNDEF && symbol.st_name < names->sh_size)
            note_name(out, texts + symbol.st_name);
    }
    free(symbols);
    free(texts);
}

void symbols_find(struct symbols *out, const char *path)
{
    elf_header header;
    elf_section *sections = NULL;
    *out = (struct symbols){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return;
    if (!read_at(fd, &header, sizeof header, 0) || !is_library(&header))
        goto out;
    sections = calloc(header.e_shnum, sizeof *sections);
    if (sections == NULL ||
        !read_at(fd, sections, header.e_shnum * sizeof *sections, header.e_shoff))
        goto out;
    out->readable = true;
    for (size_t i = 0; i < header.e_shnum; i++) {
        if (sections[i].sh_type == SHT_DYNSYM && sections[i].sh_link < header.e_shnum)
            note_symbols(out, fd, &sections[i], &sections[sections[i].sh_link]);
    }
out:
    free(sections);
    close(fd);
}
