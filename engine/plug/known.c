/*
 * known.c - the listing behind `steelyard plugins`: formats in use, plugins refused, and formats
 * that a plugin would bring.
 */
#include <string.h>

#include "base/suggest.h"
#include "plug/registry.h"

/* Formats that are not built in. `needs`: the libraries of the plugin that brings it, as Debian
 * calls their packages. */
static const struct known {
    const char *format;
    bool writer;
    const char *extensions;
    const char *summary;
    const char *needs;
} KNOWN[] = {
    {"xlsx", false, "xlsx xlsm", "Excel workbooks", "libzip-dev, libexpat1-dev"},
    {"sqlite", false, "db sqlite sqlite3", "SQLite databases", "libsqlite3-dev"},
    {"postgres", false, "", "PostgreSQL databases", "libpq-dev"},
    {"xlsx", true, "xlsx", "Excel workbooks", "libxlsxwriter-dev"},
    {"html", true, "html", "a page to read and print", "libjs-chart.js"},
    {"docx", true, "docx", "Word documents", "pandoc"},
};
#define NKNOWN (sizeof KNOWN / sizeof *KNOWN)

static const char *const NO_OPTIONS[] = {NULL};

bool known_format(const char *name, size_t len)
{
    for (size_t i = 0; i < NKNOWN; i++)
        if (strlen(KNOWN[i].format) == len && memcmp(KNOWN[i].format, name, len) == 0)
            return true;
    return false;
}

const char *known_extension(const char *extension)
{
    for (size_t i = 0; i < NKNOWN; i++)
        if (registry_lists(KNOWN[i].extensions, extension))
            return KNOWN[i].format;
    return NULL;
}

static bool is_absent(const struct plug_registry *r, const struct known *k)
{
    return k->writer ? plug_writer(r, k->format) == NULL : plug_reader(r, k->format) == NULL;
}

const char *plug_absent(const struct plug_registry *r, const char *format, bool writer)
{
    for (size_t i = 0; i < NKNOWN; i++) {
        if (KNOWN[i].writer == writer && strcmp(KNOWN[i].format, format) == 0)
            return is_absent(r, &KNOWN[i]) ? KNOWN[i].needs : NULL;
    }
    return NULL;
}

#define NEAR_MAX 100 /* formats that are looked at */

const char *plug_near(const struct plug_registry *r, const char *name, bool writer)
{
    const char *known[NEAR_MAX];
    const size_t all = writer ? r->nwriters : r->nreaders;
    size_t n = 0;
    for (; n < all && n < NEAR_MAX; n++)
        known[n] = writer ? r->writers[n]->writer.name : r->readers[n]->reader.name;
    return suggest(name, known, n);
}

size_t plug_nentries(const struct plug_registry *r)
{
    size_t n = r->nreaders + r->nwriters + r->nrefusals;
    for (size_t i = 0; i < NKNOWN; i++)
        n += is_absent(r, &KNOWN[i]);
    return n;
}

static void set_origin(struct plug_entry *out, const struct plug_origin *from)
{
    out->state = from->path == NULL ? PLUG_BUILTIN : PLUG_LOADED;
    out->plugin = from->name;
    out->version = from->version;
    out->license = from->license;
    out->path = from->path;
}

static void set_absent(struct plug_entry *out, const struct plug_registry *r, size_t i)
{
    for (size_t k = 0; k < NKNOWN; k++) {
        if (!is_absent(r, &KNOWN[k]) || i-- > 0)
            continue;
        out->state = PLUG_ABSENT;
        out->writer = KNOWN[k].writer;
        out->format = out->plugin = KNOWN[k].format;
        out->extensions = KNOWN[k].extensions;
        out->summary = KNOWN[k].summary;
        out->needs = KNOWN[k].needs;
        return;
    }
}

void plug_entry(const struct plug_registry *r, size_t i, struct plug_entry *out)
{
    *out = (struct plug_entry){.plugin = "",
                               .version = "",
                               .license = "",
                               .summary = "",
                               .extensions = "",
                               .options = NO_OPTIONS};
    if (i < r->nreaders) {
        const sy_reader *reader = &r->readers[i]->reader;
        set_origin(out, r->readers[i]->from);
        out->format = reader->name;
        out->extensions = reader->extensions;
        out->summary = reader->summary;
        out->options = reader->options;
        return;
    }
    i -= r->nreaders;
    if (i < r->nwriters) {
        const sy_writer *writer = &r->writers[i]->writer;
        set_origin(out, r->writers[i]->from);
        out->writer = true;
        out->format = writer->name;
        out->extensions = writer->extensions;
        out->summary = writer->summary;
        out->options = writer->options;
        return;
    }
    i -= r->nwriters;
    if (i >= r->nrefusals) {
        set_absent(out, r, i - r->nrefusals);
        return;
    }
    out->state = PLUG_REFUSED;
    out->path = r->refusals[i]->path;
    out->needs = r->refusals[i]->why;
}
