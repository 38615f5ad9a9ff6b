/*
 * json_write.c - writes a document as JSON while it walks it: nothing of it is kept in memory.
 *
 * Layout, the same for the same document: the outermost object and, down to DEPTH_OPEN, objects
 * that hold objects have each key on a line of its own; elements of lists of objects begin on a new
 * line; all else stays on one line.
 */
#include "json.h"

#include <string.h>

#define DEPTH_OPEN 2
#define DEPTH_MAX  64
#define INDENT     2

/* Where the walk is: lines open at depth 0, 1, 2…; `flat` once all has to stay on one line. */
struct place {
    int depth;
    bool flat;
};

static void put_cell(struct json_out *o, const sy_cell *cell, struct place at);

static void break_line(struct json_out *o, int depth)
{
    static const char BLANKS[] = "                                ";
    size_t n = (size_t)depth * INDENT;
    if (n > sizeof BLANKS - 1)
        n = sizeof BLANKS - 1;
    json_text_raw(o, "\n");
    json_text_raw(o, BLANKS + (sizeof BLANKS - 1 - n));
}

static void get_cell(const sy_view *view, size_t row, size_t column, sy_cell *out)
{
    *out = (sy_cell){0};
    view->ops->cell(view->ctx, view->first + row, column, out);
}

static bool holds_objects(const sy_view *view, size_t row)
{
    for (size_t c = 0; c < view->ops->ncolumns; c++) {
        sy_cell cell;
        get_cell(view, row, c, &cell);
        if (cell.type == SY_CELL_RECORD || cell.type == SY_CELL_TABLE)
            return true;
    }
    return false;
}

static void put_record(struct json_out *o, const sy_view *view, size_t row, struct place at)
{
    const sy_column *columns = view->ops->columns(view->ctx);
    size_t n = view->ops->ncolumns;
    bool open = !at.flat && at.depth <= DEPTH_OPEN && (at.depth == 0 || holds_objects(view, row));
    struct place inside = {at.depth + 1, !open};
    if (n == 0) {
        json_text_raw(o, "{}");
        return;
    }
    json_text_raw(o, open ? "{" : "{ ");
    for (size_t c = 0; c < n; c++) {
        sy_cell cell;
        if (c > 0)
            json_text_raw(o, open ? "," : ", ");
        if (open)
            break_line(o, inside.depth);
        json_text_string(o, columns[c].name, strlen(columns[c].name));
        json_text_raw(o, ": ");
        get_cell(view, row, c, &cell);
        put_cell(o, &cell, inside);
    }
    if (open)
        break_line(o, at.depth);
    json_text_raw(o, open ? "}" : " }");
}

static void put_table(struct json_out *o, const sy_view *view, struct place at)
{
    struct place inside = {at.depth + 1, at.flat};
    json_text_raw(o, "[");
    for (size_t i = 0; i < view->count && o->rc == 0; i++) {
        if (i > 0)
            json_text_raw(o, at.flat ? ", " : ",");
        if (!at.flat)
            break_line(o, inside.depth);
        put_record(o, view, i, inside);
    }
    if (!at.flat && view->count > 0)
        break_line(o, at.depth);
    json_text_raw(o, "]");
}

static void put_list(struct json_out *o, const sy_view *view, struct place at)
{
    json_text_raw(o, "[");
    for (size_t i = 0; i < view->count && o->rc == 0; i++) {
        sy_cell cell;
        if (i > 0)
            json_text_raw(o, ", ");
        get_cell(view, i, 0, &cell);
        put_cell(o, &cell, (struct place){at.depth + 1, true});
    }
    json_text_raw(o, "]");
}

static void put_map(struct json_out *o, const sy_view *view, struct place at)
{
    json_text_raw(o, view->count == 0 ? "{" : "{ ");
    for (size_t i = 0; i < view->count && o->rc == 0; i++) {
        sy_cell cell;
        if (i > 0)
            json_text_raw(o, ", ");
        get_cell(view, i, 0, &cell);
        if (cell.text != NULL && (cell.type == SY_CELL_TEXT || cell.type == SY_CELL_DATA)) {
            json_text_string(o, cell.text, cell.text_len);
        } else { /* a key is always a string, also 2019 */
            json_text_raw(o, "\"");
            json_text_scalar(o, &cell);
            json_text_raw(o, "\"");
        }
        json_text_raw(o, ": ");
        get_cell(view, i, 1, &cell);
        put_cell(o, &cell, (struct place){at.depth + 1, true});
    }
    json_text_raw(o, view->count == 0 ? "}" : " }");
}

static void put_cell(struct json_out *o, const sy_cell *cell, struct place at)
{
    bool nested = cell->type == SY_CELL_RECORD || cell->type == SY_CELL_TABLE ||
                  cell->type == SY_CELL_LIST || cell->type == SY_CELL_MAP;
    if (!nested) {
        json_text_scalar(o, cell);
        return;
    }
    if (at.depth > DEPTH_MAX) {
        if (o->rc == 0)
            o->rc = o->host->fail(o->call, SY_EINPUT, 0, 0, "document is nested over %d deep",
                                  DEPTH_MAX);
        return;
    }
    sy_view view = cell->view; /* the cell may be used again while the view is walked */
    switch (cell->type) {
    case SY_CELL_RECORD:
        if (view.count == 0)
            json_text_raw(o, "null");
        else
            put_record(o, &view, 0, at);
        break;
    case SY_CELL_TABLE:
        put_table(o, &view, at);
        break;
    case SY_CELL_LIST:
        put_list(o, &view, at);
        break;
    default:
        put_map(o, &view, at);
        break;
    }
}

int json_write(const sy_host *host, sy_call *call, const sy_view *what)
{
    struct json_out o;
    sy_cell document = {.type = SY_CELL_RECORD, .view = *what};
    json_text_begin(&o, host, call);
    put_cell(&o, &document, (struct place){0, false});
    json_text_raw(&o, "\n");
    json_text_flush(&o);
    return o.rc;
}

int ndjson_write(const sy_host *host, sy_call *call, const sy_view *what)
{
    struct json_out o;
    json_text_begin(&o, host, call);
    for (size_t i = 0; i < what->count && o.rc == 0; i++) {
        put_record(&o, what, i, (struct place){0, true});
        json_text_raw(&o, "\n");
    }
    json_text_flush(&o);
    return o.rc;
}
