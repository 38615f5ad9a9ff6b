/*
 * load_list.c - from the sources of an evaluation to files, and from files to parts.
 *
 * A part has a fixed size, so that what is found in which order does not depend on how many workers
 * there are.
 */
#include "stage/load_list.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/file.h"
#include "stage/load_path.h"

/* While one source is listed. */
struct expansion {
    struct load_list *list;
    const struct evaluation *e;
    const struct plug_registry *plugins;
    const struct data_source *source;
    uint64_t part_bytes;
    sy_error *err;
};

/* A file's path as shown: without the evaluation's folder. */
static const char *show_path(const struct evaluation *e, const char *path)
{
    size_t folder = strlen(e->folder);
    if (folder == 0 || strncmp(path, e->folder, folder) != 0)
        return path;
    if (path[folder] == '/')
        return path + folder + 1;
    return e->folder[folder - 1] == '/' ? path + folder : path;
}

static sy_status choose_reader(const sy_reader **out, const struct expansion *x, const char *path)
{
    const struct data_source *s = x->source;
    if (!s->reader)
        return plug_reader_for(out, x->plugins, path, x->err);
    sy_status status = plug_ready(x->plugins, s->reader, x->err);
    if (status != SY_OK)
        return status;
    *out = plug_reader(x->plugins, s->reader);
    if (*out)
        return SY_OK;
    status = plug_ready(x->plugins, NULL, x->err); /* for the message */
    if (status != SY_OK)
        return status;
    const char *needs = plug_absent(x->plugins, s->reader, false);
    if (needs)
        return error_set(x->err, SY_EINPUT, x->e->ini, s->line,
                         "no plugin reads %s here (it would need %s): there are %s; see steelyard "
                         "plugins",
                         s->reader, needs, plug_reader_names(x->plugins));
    const char *near = plug_near(x->plugins, s->reader, false);
    return error_set(x->err, SY_EINPUT, x->e->ini, s->line,
                     "no reader is called '%s'%s%s%s: there are %s", s->reader,
                     near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "",
                     plug_reader_names(x->plugins));
}

/* A single data file's fund is its name without the extension. */
static struct cell name_fund(const char *path)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *dot = strrchr(name, '.');
    return (struct cell){name, dot && dot != name ? (size_t)(dot - name) : strlen(name)};
}

/* Whether the file's reader could read it in parts; whether it is UTF-8 is seen later. */
static bool can_cut(const struct load_file *f)
{
    if (!(f->reader->flags & SY_READS_RANGES))
        return false;
    for (size_t i = 0; i < f->source->noptions; i++) {
        const struct data_option *o = &f->source->options[i];
        if (strcmp(o->key, "encoding") == 0 && strcasecmp(o->value, "utf-8") != 0 &&
            strcasecmp(o->value, "utf8") != 0)
            return false;
    }
    return true;
}

/* A row of funds becomes four times as much as one of outcomes: smaller parts stay in the
 * processor's cache. */
#define FUNDS_PARTS 4u

static uint64_t count_parts(const struct load_file *f)
{
    return ((uint64_t)f->size + f->part_bytes - 1) / f->part_bytes;
}

static sy_status cut_file(struct load_file *f, const struct expansion *x)
{
    bool regular = file_stamp(f->path, &f->size, &f->mtime_ns);
    f->part_bytes = x->part_bytes;
    uint64_t parts = regular ? count_parts(f) : 1;
    f->large = !regular || parts > 1;
    f->nparts = 1;
    if (f->source->table == TABLE_FORMS)
        f->large = false; /* many, each by any worker */
    if (!regular || parts <= 1 || f->source->table == TABLE_FORMS || !can_cut(f))
        return SY_OK;
    if (f->source->table == TABLE_FUNDS && f->part_bytes >= FUNDS_PARTS) {
        f->part_bytes /= FUNDS_PARTS;
        parts = count_parts(f);
    }
    if (parts > UINT32_MAX - x->list->ntasks)
        return error_set(x->err, SY_EINPUT, f->path, 0, "is too large: split it");
    f->nparts = (uint32_t)parts;
    return SY_OK;
}

static struct load_file *push_file(struct load_list *list)
{
    void *array = list->files;
    bool room = dataset_grow(&array, &list->cap, list->nfiles, sizeof *list->files);
    list->files = array;
    if (!room)
        return NULL;
    struct load_file *f = &list->files[list->nfiles++];
    *f = (struct load_file){0};
    return f;
}

/* What in the name of an absent file was probably meant otherwise. */
static const char *find_hint(const char *path, const char *written)
{
    if (strchr(written, '\\'))
        return "; folders are set apart by /";
    if (strchr(path, '{'))
        return "; what stands for something is {year} and {fund}";
    return strncmp(written, "~/", 2) == 0 ? "; ~ is not known here, write the folder" : "";
}

static sy_status refuse_absent(const struct expansion *x, const char *path)
{
    if (!x->e->ini)
        return error_set(x->err, SY_EFILE, path, 0, "no such file");
    return error_set(x->err, SY_EFILE, path, 0, "no such file: %s:%u names it%s", x->e->ini,
                     (unsigned)x->source->line, find_hint(path, x->source->path));
}

static bool can_be_form(const struct load_file *f)
{
    return (f->reader->flags & SY_READS_GRIDS) != 0;
}

static sy_status list_file(const struct expansion *x, const char *pattern, int year,
                           const char *path)
{
    struct load_file *f = push_file(x->list);
    if (!f || !(f->path = strdup(path)))
        return error_nomem(x->err);
    f->source = x->source;
    f->year = year;
    f->shown = show_path(x->e, f->path);
    if (!x->e->ini)
        f->fund = name_fund(f->path);
    load_path_fund(&f->fund, pattern, f->path);
    if (!file_exists(path))
        return refuse_absent(x, path);
    sy_status status = choose_reader(&f->reader, x, path);
    if (status == SY_OK)
        status = cut_file(f, x);
    f->perhaps_form = status == SY_OK && !x->e->ini && !f->large && can_be_form(f);
    if (status == SY_OK) {
        f->first_task = x->list->ntasks;
        x->list->ntasks += f->nparts;
    }
    return status;
}

/* Excel and WPS put a file like this beside each workbook that is open. */
static bool is_lock(const char *name)
{
    return strncmp(name, "~$", 2) == 0 || strncmp(name, ".~", 2) == 0;
}

static sy_status list_paths(const struct expansion *x, const char *pattern, int year, char **paths,
                            size_t n)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < n && status == SY_OK; i++) {
        const char *name = strrchr(paths[i], '/') ? strrchr(paths[i], '/') + 1 : paths[i];
        if (n == 1 || !is_lock(name))
            status = list_file(x, pattern, year, paths[i]);
    }
    return status;
}

/* "postgres", "postgres:budget": a source that is no file is called by its reader and service. */
static char *name_no_file(const struct data_source *s)
{
    struct buf name = {0};
    buf_str(&name, s->reader);
    for (size_t i = 0; i < s->noptions; i++)
        if (strcmp(s->options[i].key, "service") == 0 && *s->options[i].value)
            buf_printf(&name, ":%s", s->options[i].value);
    if (name.failed)
        buf_dispose(&name);
    return name.data;
}

static sy_status list_no_file(const struct expansion *x, const sy_reader *reader)
{
    const struct data_source *s = x->source;
    if (s->path)
        return error_set(x->err, SY_EINPUT, x->e->ini, s->line,
                         "[%s] has a path, but %s reads no file: remove it", s->section, s->reader);
    struct load_file *f = push_file(x->list);
    if (!f || !(f->path = name_no_file(s)))
        return error_nomem(x->err);
    f->source = s;
    f->shown = f->path;
    f->reader = reader;
    f->large = true; /* nobody knows how much there is */
    f->nparts = 1;
    f->first_task = x->list->ntasks++;
    return SY_OK;
}

/* A source whose reader reads no file, or that lacks a path; *listed: there is no more to do. */
static sy_status list_by_reader(bool *listed, const struct expansion *x)
{
    const struct data_source *s = x->source;
    const sy_reader *reader = NULL;
    sy_status status = s->reader ? plug_ready(x->plugins, s->reader, x->err) : SY_OK;
    if (status == SY_OK && s->reader)
        reader = plug_reader(x->plugins, s->reader);
    *listed = reader && (reader->flags & SY_READS_NO_FILE);
    if (status != SY_OK || (s->path && !*listed))
        return status;
    if (*listed)
        return list_no_file(x, reader);
    status = choose_reader(&reader, x, "");
    if (status != SY_OK)
        return status;
    return error_set(x->err, SY_EINPUT, x->e->ini, s->line, "[%s] has no path", s->section);
}

static sy_status list_source(const struct expansion *x, int year)
{
    char **paths = NULL;
    size_t n = 0;
    sy_status status = SY_OK;
    char *pattern = load_path_fill(x->source->path, year, "{fund}");
    char *glob = pattern ? load_path_fill(pattern, 0, "*") : NULL;
    char *path = glob ? evaluation_path(x->e, glob) : NULL;
    if (!path) {
        status = error_nomem(x->err);
        goto out;
    }
    status = x->e->ini ? file_glob(&paths, &n, path, x->err) : SY_OK;
    if (status != SY_OK)
        goto out;
    if (!x->e->ini) /* the user named this very file: a `*` in it is a letter */
        status = list_paths(x, "", year, &path, 1);
    else if (n == 0)
        status = error_set(x->err, SY_EFILE, path, 0, "no file matches: %s:%u names it", x->e->ini,
                           (unsigned)x->source->line);
    else
        status = list_paths(x, pattern, year, paths, n);
out:
    file_glob_free(paths, n);
    free(path);
    free(glob);
    free(pattern);
    return status;
}

sy_status load_list_open(struct load_list *out, const struct evaluation *e,
                         const struct plug_registry *plugins, uint64_t part_bytes,
                         enum data_table from, enum data_table to, sy_error *err)
{
    sy_status status = SY_OK;
    *out = (struct load_list){0};
    for (size_t i = 0; i < e->nsources && status == SY_OK; i++) {
        const struct data_source *source = &e->sources[i];
        struct expansion x = {out, e, plugins, source, part_bytes, err};
        bool yearly = e->ini && source->path && strstr(source->path, "{year}") != NULL;
        bool listed = false;
        if (source->table < from || source->table > to)
            continue;
        status = list_by_reader(&listed, &x);
        for (size_t y = 0; y < (yearly ? e->nyears : 1) && status == SY_OK && !listed; y++)
            status = list_source(&x, yearly ? e->years[y] : 0);
    }
    return status;
}

void load_list_dispose(struct load_list *list)
{
    for (uint32_t i = 0; i < list->nfiles; i++)
        free(list->files[i].path);
    free(list->files);
    *list = (struct load_list){0};
}

void load_list_number(struct load_list *list)
{
    list->ntasks = 0;
    for (uint32_t i = 0; i < list->nfiles; i++) {
        list->files[i].first_task = list->ntasks;
        list->ntasks += list->files[i].nparts;
    }
}

const struct load_file *load_list_file(const struct load_list *list, uint32_t task)
{
    uint32_t low = 0, high = list->nfiles;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (list->files[middle].first_task <= task)
            low = middle;
        else
            high = middle;
    }
    return &list->files[low];
}
