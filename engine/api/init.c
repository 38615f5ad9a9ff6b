/*
 * init.c - steelyard.h: a new evaluation that scores at once, made of the installed templates/.
 */
#include <stdlib.h>
#include <string.h>

#include "api/init.h"
#include "api/output.h"
#include "base/error.h"
#include "base/file.h"

#define WIDE_BLANK "\xE3\x80\x80"

/* Types that need not be installed get rules of their own. */
static const struct {
    const char *template, *name; /* below templates/LANGUAGE; in the evaluation */
} type_files[] = {
    {"%s/type.ini", "config/%s.ini"},
    {"%s/type.lua", "scripts/%s.lua"},
    {"%s/type_test.lua", "scripts/%s_test.lua"},
};

static const char *const tables[] = {"funds", "outcomes", "facts"};

/* One call. Owns: yards, words, types, texts, folder. */
struct init {
    sy_init_options options;
    const char *language;
    struct yards *yards;
    struct ini *words;
    const char **types; /* without repeats */
    size_t ntypes;
    struct buf names; /* of the types, by commas */
    struct init_texts texts;
    struct init_folder folder;
    struct buf year, path, text;
};

static void close_init(struct init *n)
{
    init_folder_dispose(&n->folder);
    init_texts_dispose(&n->texts);
    buf_dispose(&n->names);
    buf_dispose(&n->year);
    buf_dispose(&n->path);
    buf_dispose(&n->text);
    yards_close(n->yards);
    ini_free(n->words);
    free(n->types);
}

/* Text that shows as it stands: no controls, no other bytes than UTF-8, no blank of Chinese. */
static bool is_shown(const char *text)
{
    struct buf shown = {0};
    output_show(&shown, text);
    bool same = !shown.failed && strcmp(buf_text(&shown), text) == 0 && !strstr(text, WIDE_BLANK);
    buf_dispose(&shown);
    return same;
}

/* A name that can stand in an INI, a path, a --set key: no blanks, dots, slashes or signs. */
static sy_status check_name(const char *type, sy_error *err)
{
    size_t len = strlen(type);
    bool test = len >= 5 && strcmp(type + len - 5, "_test") == 0;
    bool plain = len > 0 && len <= 64 && *type != '-' && is_shown(type);
    for (const unsigned char *c = (const unsigned char *)type; *c; c++)
        plain = plain && (*c >= 0x80 || *c == '_' || *c == '-' || (*c >= '0' && *c <= '9') ||
                          (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z'));
    if (!plain)
        return error_set(err, SY_EUSAGE, NULL, 0,
                         "type '%s': a name has letters, digits, '_' and '-' only", type);
    if (test || strcmp(type, "columns") == 0 || strcmp(type, "defaults") == 0 ||
        strcmp(type, "units") == 0)
        return error_set(err, SY_EUSAGE, NULL, 0,
                         "type '%s': a file of that name has another meaning, choose another name",
                         type);
    return SY_OK;
}

/* A type that is not installed is made, unless its name is so near to one that it is a slip. */
static sy_status check_type(const struct yardstick **out, struct init *n, const char *type,
                            sy_error *err)
{
    sy_status status = check_name(type, err);
    if (status == SY_OK)
        status = yards_get(out, n->yards, type, INIT_YEAR, err);
    if (status != SY_OK || (*out)->known || n->options.new_types)
        return status;
    const char *near = yard_type_near(n->yards, type);
    return near ? error_set(err, SY_EUSAGE, NULL, 0,
                            "no type '%s' is installed: did you mean '%s'? With --new it is made "
                            "as a type of your own",
                            type, near)
                : SY_OK;
}

static sy_status take_types(struct init *n, sy_error *err)
{
    static const char *const usual[] = {"project_self_evaluation"};
    const char *const *given = n->options.ntypes ? n->options.types : usual;
    size_t ngiven = n->options.ntypes ? n->options.ntypes : 1;
    n->types = calloc(ngiven, sizeof *n->types);
    sy_status status = n->types ? SY_OK : error_nomem(err);
    for (size_t i = 0; i < ngiven && status == SY_OK; i++) {
        const struct yardstick *yard;
        bool again = false;
        for (size_t k = 0; k < n->ntypes; k++)
            again = again || strcmp(n->types[k], given[i]) == 0;
        status = check_type(&yard, n, given[i], err);
        if (status == SY_OK && !again) {
            buf_printf(&n->names, "%s%s", n->ntypes ? ", " : "", given[i]);
            n->types[n->ntypes++] = given[i];
        }
    }
    return status;
}

/* templates/…, in n->path. */
static sy_status template_path(struct init *n, const char *sub, const char *name, sy_error *err)
{
    buf_clear(&n->path);
    buf_printf(&n->path, "%s%stemplates/%s/%s", n->options.data, *n->options.data ? "/" : "", sub,
               name);
    return n->path.failed ? error_nomem(err) : SY_OK;
}

static sy_status open_init(struct init *n, const sy_init_options *options, sy_error *err)
{
    memcpy(&n->options, options,
           options->struct_size && options->struct_size < sizeof n->options ? options->struct_size
                                                                            : sizeof n->options);
    n->options.data = n->options.data ? n->options.data : "";
    n->language = n->options.language ? n->options.language : "zh";
    if (strcmp(n->language, "zh") != 0 && strcmp(n->language, "en") != 0)
        return error_set(err, SY_EUSAGE, NULL, 0, "language '%s' is neither zh nor en",
                         n->language);
    sy_status status = template_path(n, n->language, "words.ini", err);
    if (status == SY_OK)
        status = ini_load(&n->words, n->path.data, n->path.data, err);
    if (status == SY_OK)
        status = yards_open(&n->yards, n->options.data, NULL, NULL, 0, err);
    if (status == SY_OK)
        status = take_types(n, err);
    if (status != SY_OK)
        return status;
    buf_printf(&n->year, "%d", INIT_YEAR);
    n->texts.language = n->words;
    init_set(&n->texts, "year", buf_text(&n->year));
    init_set(&n->texts, "language", n->language);
    init_set(&n->texts, "type", n->types[0]);
    init_set(&n->texts, "types", buf_text(&n->names));
    return n->year.failed || n->names.failed ? error_nomem(err) : SY_OK;
}

/* A file of the evaluation from the template n->path. Tables begin with a BOM: Excel needs it. */
static sy_status write_file(struct init *n, const char *name, bool table, sy_error *err)
{
    buf_clear(&n->text);
    if (table)
        buf_str(&n->text, "\xEF\xBB\xBF");
    sy_status status = init_fill(&n->text, n->path.data, &n->texts, err);
    return status == SY_OK ? init_folder_write(&n->folder, name, &n->text, err) : status;
}

static sy_status write_of_type(struct init *n, const char *format, const char *type, bool table,
                               sy_error *err)
{
    struct buf name = {0};
    buf_printf(&name, format, type);
    sy_status status = name.failed ? error_nomem(err) : write_file(n, name.data, table, err);
    buf_dispose(&name);
    return status;
}

/* templates/types/T with the sample figures of a type or of the nearest that it extends; of a new
 * type templates/LANGUAGE/new. The folder below templates/ is in *sub. */
static sy_status find_samples(struct buf *sub, struct init *n, const struct yardstick *yard,
                              sy_error *err)
{
    if (!yard->known) {
        buf_printf(sub, "%s/new", n->language);
        return sub->failed ? error_nomem(err) : SY_OK;
    }
    for (size_t i = yard->nchain; i-- > 0;) {
        buf_clear(sub);
        buf_printf(sub, "types/%s", yard->chain[i]);
        sy_status status = sub->failed ? error_nomem(err) : template_path(n, sub->data, "", err);
        if (status != SY_OK || file_is_folder(n->path.data))
            return status;
    }
    return error_set(err, SY_EINPUT, NULL, 0,
                     "type '%s' has no sample figures: they are looked for in %s%stemplates/types/",
                     yard->type, n->options.data, *n->options.data ? "/" : "");
}

static sy_status write_tables(struct init *n, const char *sub, const char *type, sy_error *err)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == SY_OK; i++) {
        struct buf format = {0}, file = {0};
        buf_printf(&format, "data/%s-%%s.csv", tables[i]);
        buf_printf(&file, "%s.csv", tables[i]);
        status =
            format.failed || file.failed ? error_nomem(err) : template_path(n, sub, file.data, err);
        if (status == SY_OK)
            status = write_of_type(n, format.data, type, true, err);
        buf_dispose(&format);
        buf_dispose(&file);
    }
    return status;
}

/* The test cases of a type, as a text of their own: they stand beside its sample figures. */
static sy_status read_cases(struct init *n, const char *sub, bool known, sy_error *err)
{
    sy_status status = SY_OK;
    buf_clear(&n->texts.cases);
    if (known)
        status = template_path(n, sub, "test.lua", err);
    if (known && status == SY_OK)
        status = init_fill(&n->texts.cases, n->path.data, &n->texts, err);
    init_set(&n->texts, "cases", buf_text(&n->texts.cases));
    return status;
}

static sy_status write_type(struct init *n, const char *type, sy_error *err)
{
    const struct yardstick *yard;
    struct buf sub = {0}, file = {0};
    sy_status status = yards_get(&yard, n->yards, type, INIT_YEAR, err);
    if (status != SY_OK)
        return status;
    init_set(&n->texts, "type", type);
    init_list(&n->texts, yard);
    status = find_samples(&sub, n, yard, err);
    if (status == SY_OK)
        status = read_cases(n, sub.data, yard->known, err);
    for (size_t i = 0; i < sizeof type_files / sizeof *type_files && status == SY_OK; i++) {
        buf_clear(&file);
        buf_printf(&file, type_files[i].template, yard->known ? "known" : "new");
        status = file.failed ? error_nomem(err) : template_path(n, n->language, file.data, err);
        if (status == SY_OK)
            status = write_of_type(n, type_files[i].name, type, false, err);
    }
    if (status == SY_OK)
        status = write_tables(n, sub.data, type, err);
    buf_dispose(&sub);
    buf_dispose(&file);
    return status;
}

/* Types first: evaluation.ini, which makes an evaluation of a folder, is the last. */
static sy_status write_all(struct init *n, sy_error *err)
{
    static const char *const common[] = {"README.md", "evaluation.ini"};
    sy_status status = SY_OK;
    for (size_t i = 0; i < n->ntypes && status == SY_OK; i++)
        status = write_type(n, n->types[i], err);
    init_set(&n->texts, "type", n->types[0]);
    for (size_t i = 0; i < sizeof common / sizeof *common && status == SY_OK; i++) {
        status = template_path(n, n->language, common[i], err);
        if (status == SY_OK)
            status = write_file(n, common[i], false, err);
    }
    return status;
}

sy_status sy_init_create(const char *folder, const sy_init_options *options, sy_error *err)
{
    struct init n = {0};
    sy_status status = open_init(&n, options, err);
    if (status == SY_OK)
        status = init_folder_open(&n.folder, folder, err);
    if (status == SY_OK)
        status = write_all(&n, err);
    if (status == SY_OK)
        status = init_folder_commit(&n.folder, err);
    close_init(&n);
    return status;
}

sy_status sy_init_closing(const char *folder, const sy_init_options *options, const char *program,
                          const char *path, sy_error *err)
{
    struct init n = {0};
    struct buf place = {0}, call = {0};
    sy_status status = open_init(&n, options, err);
    output_argument(&place, folder);
    output_argument(&call, program);
    init_set(&n.texts, "folder", buf_text(&place));
    init_set(&n.texts, "program", buf_text(&call));
    if (status == SY_OK && (place.failed || call.failed))
        status = error_nomem(err);
    if (status == SY_OK)
        status = template_path(&n, n.language, "closing.txt", err);
    if (status == SY_OK)
        status = init_fill(&n.text, n.path.data, &n.texts, err);
    if (status == SY_OK)
        status = output_text(&n.text, path, n.options.width, err);
    buf_dispose(&place);
    buf_dispose(&call);
    close_init(&n);
    return status;
}
