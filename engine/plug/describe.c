/*
 * describe.c - whether a plugin's description of itself can be used: sizes, names, functions.
 */
#include "plug/registry.h"

#include <stdio.h>
#include <string.h>

#define FORMATS_MAX 256
#define STRUCT_MAX  65536 /* a size past any that will be: the field holds something else */
#define NAME_LEN    32

/* What the first version had: a plugin that knows less is no plugin of this ABI. */
#define READER_LEAST (offsetof(sy_reader, read) + sizeof(((sy_reader *)0)->read))
#define WRITER_LEAST (offsetof(sy_writer, write) + sizeof(((sy_writer *)0)->write))
#define PLUGIN_LEAST (offsetof(sy_plugin, nwriters) + sizeof(((sy_plugin *)0)->nwriters))

const void *describe_at(const void *array, size_t stride, size_t i)
{
    return (const char *)array + i * stride;
}

static bool is_size(size_t size, size_t least)
{
    return size >= least && size <= STRUCT_MAX;
}

/* A name is typed on the command line and printed in lists. */
static bool is_name(const char *name)
{
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    return len > 0 && len <= NAME_LEN && name[len] == '\0';
}

static void say_taken(char *why, size_t cap, const char *kind, const char *name,
                      const struct plug_origin *from)
{
    if (from == NULL)
        snprintf(why, cap, "it has two %ss called '%s': rename one", kind, name);
    else if (from->path == NULL)
        snprintf(why, cap, "its %s '%s' has the name of a built-in one: rename it", kind, name);
    else
        snprintf(why, cap, "%s '%s' is there already, from %s: remove one of the two", kind, name,
                 from->path);
}

/* `before`: how many readers of the same plugin come before this one. */
static bool check_reader(const struct plug_registry *r, const sy_plugin *p, size_t before,
                         char *why, size_t cap)
{
    size_t stride = p->readers->struct_size;
    const sy_reader *reader = describe_at(p->readers, stride, before);
    if (!is_size(reader->struct_size, READER_LEAST) || reader->struct_size != stride)
        snprintf(why, cap, "a reader's description has no known size: build it anew");
    else if (reader->name == NULL || !is_name(reader->name))
        snprintf(why, cap, "a reader has no name, or one that is not small letters and digits");
    else if (reader->read == NULL)
        snprintf(why, cap, "reader '%s' has no read function", reader->name);
    for (size_t i = 0; i < before && why[0] == '\0'; i++) {
        const sy_reader *other = describe_at(p->readers, stride, i);
        if (strcmp(other->name, reader->name) == 0)
            say_taken(why, cap, "reader", reader->name, NULL);
    }
    for (size_t i = 0; i < r->nreaders && why[0] == '\0'; i++) {
        if (strcmp(r->readers[i]->reader.name, reader->name) == 0)
            say_taken(why, cap, "reader", reader->name, r->readers[i]->from);
    }
    return why[0] == '\0';
}

static bool is_known_kind(uint32_t takes)
{
    uint32_t people = SY_TAKES_LABELS | SY_TAKES_NARROW;
    return (takes & ~SY_TAKES_LABELS) == SY_TAKES_TREE || takes == SY_TAKES_RECORDS ||
           (takes & ~people) == SY_TAKES_ROWS;
}

static bool check_writer(const struct plug_registry *r, const sy_plugin *p, size_t before,
                         char *why, size_t cap)
{
    size_t stride = p->writers->struct_size;
    const sy_writer *writer = describe_at(p->writers, stride, before);
    if (!is_size(writer->struct_size, WRITER_LEAST) || writer->struct_size != stride)
        snprintf(why, cap, "a writer's description has no known size: build it anew");
    else if (writer->name == NULL || !is_name(writer->name))
        snprintf(why, cap, "a writer has no name, or one that is not small letters and digits");
    else if (writer->write == NULL)
        snprintf(why, cap, "writer '%s' has no write function", writer->name);
    else if (!is_known_kind(writer->takes))
        snprintf(why, cap, "writer '%s' takes neither rows nor records nor a tree", writer->name);
    for (size_t i = 0; i < before && why[0] == '\0'; i++) {
        const sy_writer *other = describe_at(p->writers, stride, i);
        if (strcmp(other->name, writer->name) == 0)
            say_taken(why, cap, "writer", writer->name, NULL);
    }
    for (size_t i = 0; i < r->nwriters && why[0] == '\0'; i++) {
        if (strcmp(r->writers[i]->writer.name, writer->name) == 0)
            say_taken(why, cap, "writer", writer->name, r->writers[i]->from);
    }
    return why[0] == '\0';
}

bool describe_check(const struct plug_registry *r, const sy_plugin *p, char *why, size_t cap)
{
    if (p->abi != SY_PLUGIN_ABI) {
        snprintf(why, cap, "built for plugin ABI %u, this is ABI %u: get it built for this version",
                 (unsigned)p->abi, SY_PLUGIN_ABI);
        return false;
    }
    if (!is_size(p->struct_size, PLUGIN_LEAST) || p->name == NULL || p->nreaders > FORMATS_MAX ||
        p->nwriters > FORMATS_MAX || (p->nreaders > 0 && p->readers == NULL) ||
        (p->nwriters > 0 && p->writers == NULL)) {
        snprintf(why, cap, "its description is incomplete: build it anew");
        return false;
    }
    if (p->nreaders == 0 && p->nwriters == 0) {
        snprintf(why, cap, "it brings neither a reader nor a writer: remove it");
        return false;
    }
    for (size_t i = 0; i < p->nreaders; i++) {
        if (!check_reader(r, p, i, why, cap))
            return false;
    }
    for (size_t i = 0; i < p->nwriters; i++) {
        if (!check_writer(r, p, i, why, cap))
            return false;
    }
    return true;
}
