/*
 * formats.c - the listing of readers and writers, as the views that writers take.
 */
#include <stdlib.h>
#include <string.h>

#include "api/document.h"
#include "api/output.h"
#include "base/error.h"

#define SPLIT_BITS 32
#define SPLIT_MASK (((uint64_t)1 << SPLIT_BITS) - 1)

/* Owns: plugins, scratch. */
struct sy_formats {
    struct plug_registry *plugins;
    bool zh;
    struct buf scratch; /* the text of the last cell */
    bool failed;        /* a cell could not be made: no memory */
};

sy_status sy_formats_open(sy_formats **out, const char *const *plugins, sy_error *err)
{
    static const char *const none[] = {NULL};
    sy_formats *formats = calloc(1, sizeof *formats);
    if (!formats)
        return error_nomem(err);
    sy_status status = plug_open(&formats->plugins, plugins ? plugins : none, err);
    if (status == SY_OK)
        status = plug_ready(formats->plugins, NULL, err);
    if (status == SY_OK)
        *out = formats;
    else
        sy_formats_close(formats);
    return status;
}

void sy_formats_close(sy_formats *formats)
{
    if (!formats)
        return;
    plug_close(formats->plugins);
    buf_dispose(&formats->scratch);
    free(formats);
}

static void text_cell(sy_cell *out, const char *text)
{
    if (!text || !*text)
        return;
    out->type = SY_CELL_TEXT;
    out->text = text;
    out->text_len = strlen(text);
}

static const char *kind_word(const sy_formats *f, const struct plug_entry *e)
{
    if (!e->format)
        return f->zh ? "插件" : "plugin";
    if (e->writer)
        return f->zh ? "写" : "writer";
    return f->zh ? "读" : "reader";
}

static const char *list_options(sy_formats *f, const struct plug_entry *e)
{
    buf_clear(&f->scratch);
    for (const char *const *o = e->options; *o; o++)
        buf_printf(&f->scratch, "%s%s", o == e->options ? "" : " ", *o);
    f->failed = f->failed || f->scratch.failed;
    return buf_text(&f->scratch);
}

/* A row an entry, for machines. */

enum {
    M_KIND,
    M_FORMAT,
    M_STATUS,
    M_PLUGIN,
    M_VERSION,
    M_LICENSE,
    M_EXTENSIONS,
    M_OPTIONS,
    M_PATH,
    M_NEEDS,
    M_SUMMARY,
    M_COUNT
};

static const sy_column *row_columns(const void *ctx)
{
    static const sy_column columns[M_COUNT] = {
        {"kind", NULL, 0},    {"format", NULL, 0},  {"status", NULL, 0},     {"plugin", NULL, 0},
        {"version", NULL, 0}, {"license", NULL, 0}, {"extensions", NULL, 0}, {"options", NULL, 0},
        {"path", NULL, 0},    {"needs", NULL, 0},   {"summary", NULL, 0}};
    (void)ctx;
    return columns;
}

static void row_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const char *const states[] = {[PLUG_BUILTIN] = "built-in",
                                         [PLUG_LOADED] = "loaded",
                                         [PLUG_REFUSED] = "refused",
                                         [PLUG_ABSENT] = "absent"};
    sy_formats *f = (sy_formats *)ctx;
    struct plug_entry e;
    plug_entry(f->plugins, row, &e);
    const char *const texts[M_COUNT] = {[M_KIND] = !e.format  ? "plugin"
                                                   : e.writer ? "writer"
                                                              : "reader",
                                        [M_FORMAT] = e.format,
                                        [M_STATUS] = states[e.state],
                                        [M_PLUGIN] = e.plugin,
                                        [M_VERSION] = e.version,
                                        [M_LICENSE] = e.license,
                                        [M_EXTENSIONS] = e.extensions,
                                        [M_OPTIONS] =
                                            column == M_OPTIONS ? list_options(f, &e) : NULL,
                                        [M_PATH] = e.path,
                                        [M_NEEDS] = e.needs,
                                        [M_SUMMARY] = e.summary};
    text_cell(out, texts[column]);
}

/* For people: fewer columns, which say the same. */

enum { P_KIND, P_FORMAT, P_EXTENSIONS, P_OPTIONS, P_FROM, P_SUMMARY, P_COUNT };

static const sy_column *people_columns(const void *ctx)
{
    static const sy_column zh[P_COUNT] = {{"kind", "读写", 0},         {"format", "格式", 0},
                                          {"extensions", "扩展名", 0}, {"options", "选项", 0},
                                          {"from", "来源", 0},         {"summary", "说明", 0}};
    static const sy_column en[P_COUNT] = {
        {"kind", "kind", 0},       {"format", "format", 0}, {"extensions", "extensions", 0},
        {"options", "options", 0}, {"from", "from", 0},     {"summary", "summary", 0}};
    return ((const sy_formats *)ctx)->zh ? zh : en;
}

static const char *tell_from(sy_formats *f, const struct plug_entry *e)
{
    struct buf *out = &f->scratch;
    buf_clear(out);
    if (e->state == PLUG_ABSENT)
        buf_str(out, f->zh ? "没有" : "not here");
    else if (e->state == PLUG_REFUSED)
        buf_str(out, f->zh ? "不采用" : "refused");
    else if (e->state == PLUG_BUILTIN)
        buf_str(out, f->zh ? "内置" : "built in");
    else
        buf_str(out, e->plugin);
    if (e->state == PLUG_BUILTIN || e->state == PLUG_LOADED)
        buf_printf(out, "%s%s%s%s", *e->version ? " " : "", e->version, *e->license ? " " : "",
                   e->license);
    f->failed = f->failed || out->failed;
    return buf_text(out);
}

static const char *tell_summary(sy_formats *f, const struct plug_entry *e)
{
    struct buf *out = &f->scratch;
    buf_clear(out);
    buf_str(out, e->summary);
    if (e->state == PLUG_ABSENT)
        buf_printf(out, f->zh ? "；本程序未带，需要 %s" : "; not in this build, needs %s",
                   e->needs);
    else if (e->state == PLUG_REFUSED)
        buf_printf(out, "%s: %s", e->path, e->needs);
    else if (e->path)
        buf_printf(out, "%s%s", *e->summary ? "; " : "", e->path);
    f->failed = f->failed || out->failed;
    return buf_text(out);
}

static void people_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    sy_formats *f = (sy_formats *)ctx;
    struct plug_entry e;
    plug_entry(f->plugins, row, &e);
    switch (column) {
    case P_KIND:
        text_cell(out, kind_word(f, &e));
        break;
    case P_FORMAT:
        text_cell(out, e.format);
        break;
    case P_EXTENSIONS:
        text_cell(out, e.extensions);
        break;
    case P_OPTIONS:
        text_cell(out, list_options(f, &e));
        break;
    case P_FROM:
        text_cell(out, tell_from(f, &e));
        break;
    default:
        text_cell(out, tell_summary(f, &e));
        break;
    }
}

/* The document: lists are lists. */

static const sy_column *word_columns(const void *ctx)
{
    static const sy_column columns[] = {{"value", NULL, 0}};
    (void)ctx;
    return columns;
}

/* A word of the extensions: the entry in the row's upper half, the word in the lower. */
static void extension_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct plug_entry e;
    plug_entry(((const sy_formats *)ctx)->plugins, row >> SPLIT_BITS, &e);
    const char *at = e.extensions + strspn(e.extensions, " ");
    for (size_t i = row & SPLIT_MASK; i > 0; i--) {
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    (void)column;
    text_cell(out, at);
    out->text_len = strcspn(at, " ");
}

static size_t count_words(const char *text)
{
    size_t n = 0;
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        text += strcspn(text, " ");
        n++;
    }
    return n;
}

static void option_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct plug_entry e;
    plug_entry(((const sy_formats *)ctx)->plugins, row >> SPLIT_BITS, &e);
    (void)column;
    text_cell(out, e.options[row & SPLIT_MASK]);
}

static void record_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops extension_ops = {sizeof extension_ops, 1, word_columns,
                                              extension_cell};
    static const sy_view_ops option_ops = {sizeof option_ops, 1, word_columns, option_cell};
    struct plug_entry e;
    size_t n = 0;
    if (column != M_EXTENSIONS && column != M_OPTIONS) {
        row_cell(ctx, row, column, out);
        return;
    }
    plug_entry(((const sy_formats *)ctx)->plugins, row, &e);
    while (e.options[n])
        n++;
    out->type = SY_CELL_LIST;
    out->view = column == M_OPTIONS
                    ? (sy_view){&option_ops, ctx, row << SPLIT_BITS, n}
                    : (sy_view){&extension_ops, ctx, row << SPLIT_BITS, count_words(e.extensions)};
}

static sy_view records_view(const sy_formats *f)
{
    static const sy_view_ops ops = {sizeof ops, M_COUNT, row_columns, record_cell};
    return (sy_view){&ops, f, 0, plug_nentries(f->plugins)};
}

static const sy_column *document_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"schema", NULL, 0}, {"steelyard", NULL, 0}, {"formats", NULL, 0}};
    (void)ctx;
    return columns;
}

static void document_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    (void)row;
    if (column < 2) {
        text_cell(out, column == 0 ? "steelyard.plugins/1" : sy_version());
        return;
    }
    out->type = SY_CELL_TABLE;
    out->view = records_view(ctx);
}

static sy_view choose_view(const sy_formats *f, const sy_writer *writer)
{
    static const sy_view_ops document = {sizeof document, 3, document_columns, document_cell};
    static const sy_view_ops people = {sizeof people, P_COUNT, people_columns, people_cell};
    static const sy_view_ops rows = {sizeof rows, M_COUNT, row_columns, row_cell};
    if (writer->takes == SY_TAKES_TREE)
        return (sy_view){&document, f, 0, 1};
    if (writer->takes == SY_TAKES_RECORDS)
        return records_view(f);
    return (sy_view){writer->takes & SY_TAKES_LABELS ? &people : &rows, f, 0,
                     plug_nentries(f->plugins)};
}

static sy_status write_formats(void *ctx, const sy_writer *writer, struct file_writer *file,
                               const struct plug_option *options, size_t noptions, sy_error *err)
{
    const sy_formats *formats = ctx;
    sy_view view = choose_view(formats, writer);
    sy_status status = document_is_for(writer)
                           ? document_write(NULL, formats->zh,
                                            &(struct document_what){.kind = "table", .body = view},
                                            writer, file, options, noptions, err)
                           : plug_write(writer, file, options, noptions, &view, err);
    return status == SY_OK && formats->failed ? error_nomem(err) : status;
}

sy_status sy_formats_write(sy_formats *formats, const char *language, const char *format,
                           const char *path, const sy_option *options, size_t noptions,
                           sy_error *err)
{
    const sy_writer *writer;
    formats->zh = language && strcmp(language, "zh") == 0;
    sy_status status = output_writer(&writer, formats->plugins, format, path, err);
    if (status != SY_OK)
        return status;
    return output_file(writer, path, options, noptions, write_formats, formats, err);
}
