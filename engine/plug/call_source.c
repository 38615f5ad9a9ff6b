/*
 * call_source.c - what a reader says of its source: the part that it read, the sheet that the table
 * stands in, cells that it doubts.
 */
#include "plug/call.h"

#include <inttypes.h>
#include <stdio.h>

#include "plug/check.h"

const sy_range *call_range(sy_call *call)
{
    return call->range == NULL ? NULL : &call->asked;
}

/* Bytes of the source as its reader counts them. */
static uint64_t source_size(const sy_call *call)
{
    const struct plug_range *range = call->range;
    return (uint64_t)range->size - (call->text == NULL ? 0 : text_bom(call->text));
}

/* Whether what a reader says of a part can be: nothing between two parts may be lost or read
 * twice. */
static bool is_covered(const sy_call *call, uint64_t first, uint64_t next, uint32_t lines)
{
    const struct plug_range *range = call->range;
    bool header = range->to == 0;
    if (first < range->from || next < first || next > source_size(call) || lines > next - first)
        return false;
    if ((header || range->known) && first != range->from)
        return false;
    if (next < range->to && next != source_size(call))
        return false;
    return header || (call->last_line <= lines && (first < range->to || next == first));
}

int call_covered(sy_call *call, uint64_t first, uint64_t next, uint32_t lines)
{
    if (call->failed)
        return 1;
    if (call->range == NULL || call->covered || !call->has_header)
        return call_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' said out of turn what it read",
                         call->format);
    if (!is_covered(call, first, next, lines))
        return call_fail(call, SY_ESYSTEM, 0, 0,
                         "plugin of '%s' read bytes %" PRIu64 " to %" PRIu64 " (%u lines) where "
                         "%" PRIu64 " to %" PRIu64 " were asked for",
                         call->format, first, next, (unsigned)lines, call->range->from,
                         call->range->to);
    call->covered = true;
    call->range->first = first;
    call->range->next = next;
    call->range->lines = lines;
    call->range->end = source_size(call);
    return 0;
}

int call_sheet(sy_call *call, const sy_sheet *sheet)
{
    if (call->failed)
        return 1;
    if (call->sink == NULL || (call->has_header && !call->sink->grid) || call->range != NULL)
        return call_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' named a sheet out of turn",
                         call->format);
    const char *wrong = check_sheet(sheet);
    if (wrong != NULL)
        return call_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' %s", call->format, wrong);
    snprintf(call->sheet, sizeof call->sheet, "%s!%.*s%s", call->path, (int)sheet->name.len,
             sheet->name.bytes, sheet->first_column > 0 ? "!" : "");
    if (call->sink->sheet == NULL)
        return 0;
    return call_keep(call, call->sink->sheet(call->sink->ctx, sheet, &call->error));
}

int call_grid(sy_call *call)
{
    return call->sink != NULL && call->sink->grid;
}

int call_doubt(sy_call *call, sy_doubt what, uint32_t line, uint32_t column, const sy_text *text)
{
    static const sy_text none = {"", 0};
    if (call->failed)
        return 1;
    if (call->sink == NULL || !call->has_header)
        return call_fail(call, SY_ESYSTEM, line, column, "plugin of '%s' doubts before a header",
                         call->format);
    text = text ? text : &none;
    if (what < SY_DOUBT_FORMULA || what > SY_DOUBT_BESIDE || check_header(text, 1) != NULL)
        return call_fail(call, SY_ESYSTEM, line, column,
                         "plugin of '%s' doubts what nobody knows of", call->format);
    if (call->sink->doubt == NULL)
        return 0;
    return call_keep(call,
                     call->sink->doubt(call->sink->ctx, what, line, column, text, &call->error));
}
