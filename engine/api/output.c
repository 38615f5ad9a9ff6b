/*
 * output.c - writes views and texts: into a file whole or not at all, or to standard output.
 */
#include "api/output.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

static sy_status refuse_format(const struct plug_registry *plugins, const char *format,
                               sy_error *err)
{
    const char *needs = plug_absent(plugins, format, true);
    if (needs)
        return error_set(err, SY_EUSAGE, NULL, 0,
                         "no plugin writes %s here (it would need %s): there are %s; see "
                         "steelyard plugins",
                         format, needs, plug_writer_names(plugins));
    const char *near = plug_near(plugins, format, true);
    return error_set(err, SY_EUSAGE, NULL, 0, "no format is called '%s'%s%s%s: there are %s",
                     format, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "",
                     plug_writer_names(plugins));
}

sy_status output_writer(const sy_writer **out, const struct plug_registry *plugins,
                        const char *format, const char *path, sy_error *err)
{
    /* A device or pipe has no extension to go by: what a terminal would show. */
    bool device = !format && file_exists(path) && !file_is_regular(path);
    sy_status status =
        format ? plug_ready(plugins, format, err) : plug_ready_for(plugins, path, err);
    if (status != SY_OK)
        return status;
    *out = format || device ? plug_writer(plugins, format ? format : "table")
                            : plug_writer_for(plugins, path);
    if (*out)
        return SY_OK;
    status = plug_ready(plugins, NULL, err); /* for the message */
    if (status != SY_OK)
        return status;
    if (!format && strcmp(path, "-") != 0)
        return error_set(err, SY_EUSAGE, path, 0,
                         "no format has this extension: name one of %s with --format",
                         plug_writer_names(plugins));
    return refuse_format(plugins, format ? format : "", err);
}

sy_status output_file(const sy_writer *writer, const char *path, const sy_option *options,
                      size_t noptions, output_fn write, void *ctx, sy_error *err)
{
    struct file_writer file;
    struct plug_option *plain = calloc(noptions + 1, sizeof *plain);
    if (!plain)
        return error_nomem(err);
    for (size_t i = 0; i < noptions; i++)
        plain[i] = (struct plug_option){options[i].name, options[i].value};
    sy_status status = file_create(&file, path, err);
    if (status != SY_OK)
        goto out;
    status = write(ctx, writer, &file, plain, noptions, err);
    if (status == SY_OK)
        status = file_commit(&file, err);
    else
        file_abort(&file);
out:
    free(plain);
    return status;
}

/* How many bytes at `c` a terminal would obey instead of showing them: controls, what turns the
 * direction of writing, and what is no UTF-8. */
static size_t find_control(const unsigned char *c, size_t len)
{
    if (c[0] < 0x80)
        return (c[0] < 0x20 && c[0] != '\n' && c[0] != '\t') || c[0] == 0x7F;
    if (text_utf8_span((const char *)c, len > 4 ? 4 : len) == 0)
        return 1;
    if (c[0] == 0xC2 && c[1] < 0xA0)
        return 2;
    if (c[0] != 0xE2)
        return 0;
    bool turns = (c[1] == 0x80 && c[2] >= 0xA8 && c[2] <= 0xAE) ||
                 (c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9);
    return turns ? 3 : 0;
}

void output_show(struct buf *out, const char *text)
{
    size_t len = strlen(text), kept = 0;
    for (size_t i = 0; i < len;) {
        size_t n = find_control((const unsigned char *)text + i, len - i);
        if (n == 0) {
            i++;
            while (i < len && ((unsigned char)text[i] & 0xC0) == 0x80)
                i++;
            continue;
        }
        buf_add(out, text + kept, i - kept);
        for (; n > 0; n--, i++)
            buf_printf(out, "\\x%02x", (unsigned char)text[i]);
        kept = i;
    }
    buf_add(out, text + kept, len - kept);
}

sy_status output_text(const struct buf *text, const char *path, size_t width, sy_error *err)
{
    struct file_writer file;
    struct buf plain = {0}, broken = {0};
    output_show(&plain, buf_text(text));
    text_wrap(&broken, buf_text(&plain), strcmp(path, "-") == 0 ? width : 0);
    sy_status status = SY_OK;
    if (text->failed || plain.failed || broken.failed)
        status = error_nomem(err);
    if (status == SY_OK)
        status = file_create(&file, path, err);
    if (status != SY_OK)
        goto out;
    status = file_write(&file, buf_text(&broken), broken.len, err);
    if (status == SY_OK)
        status = file_commit(&file, err);
    else
        file_abort(&file);
out:
    buf_dispose(&plain);
    buf_dispose(&broken);
    return status;
}

void output_argument(struct buf *out, const char *text)
{
    bool plain = *text != '\0';
    for (const char *c = text; *c; c++)
        plain = plain && !strchr(" \t\n'\"\\$`&|;<>()*?[]#~!", *c);
    if (plain) {
        buf_str(out, text);
        return;
    }
    buf_char(out, '\'');
    for (const char *c = text; *c; c++)
        *c == '\'' ? buf_str(out, "'\\''") : buf_char(out, *c);
    buf_char(out, '\'');
}
