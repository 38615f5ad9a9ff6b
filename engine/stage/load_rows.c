/*
 * load_rows.c - what a row of funds, facts, ratings or adjustments becomes.
 */
#include "stage/load_rows.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "stage/load_digits.h"
#include "stage/near.h"
#include "table/place.h"

#define LEVELS_MAX 8

struct place load_place(const struct load *l)
{
    const uint32_t column = l->at_column ? l->at_column : l->key_column;
    if (l->cell_lines)
        return (struct place){l->file, l->cell_lines[column - 1]};
    return (struct place){l->file, l->first_column ? place_cell(column, l->line) : l->line};
}

sy_status load_finding(struct load *l, enum finding_code code, uint32_t entity, const char *text,
                       const char *text2)
{
    struct finding_at at = {.code = code,
                            .entity = entity,
                            .path = l->path_at,
                            .place = load_place(l),
                            .text = text,
                            .text2 = text2};
    return dataset_find(l->d, &at, l->err);
}

sy_status load_quote(struct load *l, enum finding_code code, uint32_t entity, const char *name,
                     const struct cell *cell)
{
    buf_clear(&l->text_buf);
    buf_add(&l->text_buf, cell->text, cell->len);
    if (l->text_buf.failed)
        return error_nomem(l->err);
    const char *text = buf_text(&l->text_buf);
    const uint32_t before = l->at_column;
    if (cell >= l->cells && cell < l->cells + F_COUNT)
        l->at_column = l->field_column[cell - l->cells];
    const sy_status status = name ? load_finding(l, code, entity, name, text)
                                  : load_finding(l, code, entity, text, NULL);
    l->at_column = before;
    return status;
}

sy_status load_word(uint32_t *out, struct load *l, enum field field)
{
    const struct cell *cell = &l->cells[field];
    const uint32_t last = l->last_words[field];
    *out = NO_WORD;
    if (cell->len == 0)
        return SY_OK;
    if (last < l->d->words.count && pool_len(&l->d->words, last) == cell->len &&
        memcmp(pool_text(&l->d->words, last), cell->text, cell->len) == 0) {
        *out = last;
        return SY_OK;
    }
    sy_status status = dataset_word(out, l->d, cell->text, cell->len, l->err);
    l->last_words[field] = *out;
    return status;
}

uint32_t load_unit(struct load *l, enum field field)
{
    const struct cell *cell = &l->cells[F_UNIT];
    if (cell->len)
        return units_cell(l->d->units, cell->text, cell->len);
    return l->field_unit[field];
}

sy_status load_points(double *out, struct load *l, uint32_t entity, enum field field,
                      const char *name)
{
    const struct cell *cell = &l->cells[field];
    struct value value;
    *out = NAN;
    if (cell->len == 0 || number_parse(out, cell->text, cell->len))
        return SY_OK;
    struct value_context context = {.units = l->d->units, .default_unit = UNIT_NONE};
    value_read(&value, &context, cell->text, cell->len);
    if (value.kind == VALUE_MISSING || value.kind == VALUE_NOT_APPLICABLE)
        return SY_OK;
    const struct unit *unit = value.unit == UNIT_NONE ? NULL : units_get(l->d->units, value.unit);
    bool points = !unit || strcmp(unit->name, "分") == 0;
    if (value.kind == VALUE_NUMBER && value.sign == SIGN_NONE && points) {
        *out = value.num;
        return SY_OK;
    }
    return load_quote(l, FINDING_BAD_NUMBER, entity, name, cell);
}

bool load_is_path(const struct cell *cell)
{
    size_t levels = 1;
    char before = '.';
    for (size_t i = 0; i < cell->len; i++) {
        if (cell->text[i] == '.' && before == '.')
            return false;
        levels += cell->text[i] == '.';
        before = cell->text[i];
    }
    return before != '.' && levels <= LEVELS_MAX;
}

/* "2019", also "2019年" and "2019年度". */
static bool read_year(int *out, const struct cell *cell)
{
    static const char *const tails[] = {"年", "年度"};
    int year = 0;
    if (cell->len < 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        if (cell->text[i] < '0' || cell->text[i] > '9')
            return false;
        year = year * 10 + (cell->text[i] - '0');
    }
    *out = year;
    if (cell->len == 4)
        return year >= 1000;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (cell->len - 4 == strlen(tails[i]) &&
            memcmp(cell->text + 4, tails[i], cell->len - 4) == 0)
            return year >= 1000;
    return false;
}

/* The row's year, where it is told; else 0. */
static int tell_year(const struct load *l)
{
    const struct cell *cell = &l->cells[F_YEAR];
    int year = 0;
    if (cell->len)
        return read_year(&year, cell) ? year : 0;
    if (l->year)
        return l->year;
    return l->e->nyears == 1 ? l->e->years[0] : 0;
}

/* The row's year; 0 where it was left out with a finding. */
static sy_status find_year(int *out, struct load *l)
{
    *out = tell_year(l);
    if (*out)
        return SY_OK;
    if (l->cells[F_YEAR].len)
        return load_quote(l, FINDING_BAD_NUMBER, NO_ENTITY, "year", &l->cells[F_YEAR]);
    if (l->e->nyears == 0)
        return error_set(l->err, SY_EUSAGE, l->path, l->line,
                         "the row has no year: name it with --year YEAR");
    return load_finding(l, FINDING_UNKNOWN_YEAR, NO_ENTITY, NULL, NULL);
}

struct cell load_fund(const struct load *l)
{
    return l->cells[F_FUND].len ? l->cells[F_FUND] : l->fund;
}

bool load_names_fund(const struct load *l)
{
    return load_fund(l).len && tell_year(l);
}

static bool is_known(const struct load_known *known, const struct cell *fund, int year)
{
    uint32_t word = pool_find(&known->funds, fund->text, fund->len);
    return word != POOL_NONE && map_get(&known->years, map_key(word, (uint32_t)year)) != MAP_NONE;
}

/* The year is told where the fund alone would not say what is missing. */
static sy_status name_unknown(struct load *l, const struct cell *fund, int year)
{
    struct buf hint = {0};
    buf_clear(&l->text_buf);
    buf_add(&l->text_buf, fund->text, fund->len);
    near_hint(&hint, near_fund(&l->known->funds, buf_text(&l->text_buf)));
    if (l->e->nyears > 1)
        buf_printf(&l->text_buf, ", %d", year);
    sy_status status = l->text_buf.failed || hint.failed
                           ? error_nomem(l->err)
                           : load_finding(l, FINDING_UNKNOWN_FUND, NO_ENTITY,
                                          buf_text(&l->text_buf), buf_text(&hint));
    buf_dispose(&hint);
    return status;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

static void forget_levels(struct level_memory *levels)
{
    levels->level1[0] = levels->level2[0] = levels->from[0] = '\0';
}

/* A fund whose rows lie apart is there more than once: it is found when parts are joined. */
sy_status load_entity(uint32_t *out, struct load *l)
{
    struct cell fund = load_fund(l);
    int year;
    *out = NO_ENTITY;
    if (fund.len == 0)
        return load_finding(l, FINDING_KEY_MISSING, NO_ENTITY, "fund", NULL);
    sy_status status = find_year(&year, l);
    if (status != SY_OK || year == 0)
        return status;
    /* Rows of one fund are usually neighbours. */
    if (l->last_entity != NO_ENTITY && year == l->last_year &&
        same_cell(&fund, &l->last_fund_cell)) {
        *out = l->last_entity;
        return SY_OK;
    }
    /* A fund stands for several years one below another. */
    uint32_t word = l->last_fund;
    const bool again = l->last_entity != NO_ENTITY && same_cell(&fund, &l->last_fund_cell);
    if (!again)
        status = dataset_word(&word, l->d, fund.text, fund.len, l->err);
    /* These tables speak of funds; the others, which come before them, make them. */
    enum data_table table = l->source->table;
    if (status == SY_OK && (table == TABLE_RATINGS || table == TABLE_ADJUSTMENTS) &&
        !is_known(l->known, &fund, year))
        return name_unknown(l, &fund, year);
    if (status == SY_OK)
        status = dataset_add_entity(out, l->d, word, year, load_place(l), l->err);
    if (status != SY_OK)
        return status;
    if (word != l->last_fund)
        forget_levels(&l->levels);
    l->last_fund = word;
    l->last_year = year;
    l->last_entity = *out;
    if (again)
        return SY_OK;
    /* Not the pool's own bytes: they move when it grows. */
    buf_clear(&l->label_buf);
    buf_add(&l->label_buf, fund.text, fund.len);
    l->last_fund_cell = (struct cell){buf_text(&l->label_buf), fund.len};
    return l->label_buf.failed ? error_nomem(l->err) : SY_OK;
}

/* Any cell of a fact, into *fact and *value. */
static sy_status read_fact(struct fact *fact, struct value *value, const struct load *l,
                           const struct cell *cell, uint32_t unit)
{
    struct value_context context = {.units = l->d->units,
                                    .year = l->d->entities[fact->entity].year,
                                    .default_unit = unit,
                                    .booleans = true};
    value_read(value, &context, cell->text, cell->len);
    fact->num = value->num;
    fact->shape = value_shape_of(value);
    fact->text = FACT_PLAIN;
    if (value->kind == VALUE_MISSING || outcomes_is_plain(value, cell->text, cell->len))
        return SY_OK;
    return dataset_cell(&fact->text, l->d, cell->text, cell->len, l->err);
}

/* What a spreadsheet shows for a result that it has not is no fact of any kind. */
static sy_status refuse_error(struct load *l, uint32_t entity, uint32_t name,
                              const struct cell *cell)
{
    struct buf copy = {0};
    buf_str(&copy, dataset_text(l->d, name));
    sy_status status = copy.failed
                           ? error_nomem(l->err)
                           : load_quote(l, FINDING_BAD_NUMBER, entity, buf_text(&copy), cell);
    buf_dispose(&copy);
    return status;
}

/* Adds a fact from a cell, unless the cell is empty. Plain numbers are read at once, as read_fact
 * would read them. */
static sy_status add_fact(struct load *l, uint32_t entity, uint32_t name, const struct cell *cell,
                          uint32_t unit)
{
    struct fact fact = {.entity = entity, .name = name, .text = FACT_PLAIN, .place = load_place(l)};
    struct digits digits;
    struct value value = {.hi = 0};
    sy_status status = SY_OK;
    if (cell->len && *cell->text == '#' && value_is_error(cell->text, cell->len))
        return refuse_error(l, entity, name, cell);
    if (unit == UNIT_NONE && !l->thorough && digits_read(&digits, cell->text, cell->len)) {
        fact.num = (double)digits.mantissa / (double)number_pow10[digits.places];
        fact.shape = (struct value_shape){
            .unit = UNIT_NONE, .kind = VALUE_NUMBER, .places = (uint8_t)digits.places};
    } else {
        status = read_fact(&fact, &value, l, cell, unit);
    }
    if (status != SY_OK || fact.shape.kind == VALUE_MISSING)
        return status;
    return dataset_keep_fact(l->d, &fact, value.hi, l->err);
}

static bool is_constant_fact(const struct load *l, uint32_t word)
{
    for (size_t i = 0; i < l->nconstant_facts; i++)
        if (l->constant_facts[i].word == word)
            return true;
    return false;
}

/* Most tables have few of the columns. */
static inline sy_status read_word(uint32_t *out, struct load *l, enum field field)
{
    *out = NO_WORD;
    return l->cells[field].len ? load_word(out, l, field) : SY_OK;
}

static sy_status read_fund(struct fund_row *out, struct load *l)
{
    struct entity *e = &out->fund;
    sy_status status;
    if ((status = read_word(&e->type, l, F_TYPE)) != SY_OK ||
        (status = read_word(&e->name, l, F_NAME)) != SY_OK ||
        (status = read_word(&e->department, l, F_DEPARTMENT)) != SY_OK ||
        (status = read_word(&e->part_of, l, F_PART_OF)) != SY_OK ||
        (status = read_word(&e->claimed_grade, l, F_CLAIMED_GRADE)) != SY_OK)
        return status;
    return load_points(&e->claimed, l, out->entity, F_CLAIMED, "claimed");
}

static sy_status read_fund_facts(struct load *l, uint32_t id, const struct cell *row)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < l->nconstant_facts && status == SY_OK; i++) {
        const struct constant_fact *fact = &l->constant_facts[i];
        status = add_fact(l, id, fact->word, &fact->value, fact->unit);
    }
    for (uint32_t c = 0; c < l->nuses && status == SY_OK; c++) {
        l->at_column = l->first_column ? l->first_column + c : 0;
        if (l->uses[c].word != NO_WORD && row[c].len && !is_constant_fact(l, l->uses[c].word))
            status = add_fact(l, id, l->uses[c].word, &row[c], l->uses[c].unit);
    }
    l->at_column = 0;
    return status;
}

/* Whether the fund is listed already is seen when the parts of the table are joined. */
sy_status load_fund_row(struct load *l, const struct cell *row)
{
    struct fund_row r = {.fund.place = load_place(l), .form = l->form};
    struct dataset *d = l->d;
    sy_status status = load_entity(&r.entity, l);
    if (status != SY_OK || r.entity == NO_ENTITY)
        return status;
    r.first_finding = d->findings.count;
    r.first_fact = d->nfacts;
    if ((status = read_fund(&r, l)) != SY_OK ||
        (status = read_fund_facts(l, r.entity, row)) != SY_OK)
        return status;
    r.end_finding = d->findings.count;
    r.end_fact = d->nfacts;
    void *array = l->funds;
    bool room = dataset_grow(&array, &l->funds_cap, l->nfunds, sizeof *l->funds);
    l->funds = array;
    if (!room)
        return error_nomem(l->err);
    l->funds[l->nfunds++] = r;
    return SY_OK;
}

sy_status load_fact_row(struct load *l)
{
    uint32_t id, name;
    sy_status status = load_entity(&id, l);
    if (status != SY_OK || id == NO_ENTITY)
        return status;
    status = load_word(&name, l, F_FACT);
    if (status != SY_OK)
        return status;
    if (name == NO_WORD)
        return load_finding(l, FINDING_KEY_MISSING, id, "fact", NULL);
    return add_fact(l, id, name, &l->cells[F_VALUE], load_unit(l, F_VALUE));
}

sy_status load_rating_row(struct load *l)
{
    struct rating_row r = {.place = load_place(l)};
    sy_status status = load_entity(&r.entity, l);
    if (status != SY_OK || r.entity == NO_ENTITY)
        return status;
    const struct cell *path = &l->cells[F_INDICATOR];
    if (path->len == 0)
        return load_finding(l, FINDING_KEY_MISSING, r.entity, "indicator", NULL);
    if (!load_is_path(path))
        return load_quote(l, FINDING_BAD_PATH, r.entity, NULL, path);
    r.path = pool_intern(&l->d->paths, path->text, path->len);
    if (r.path == POOL_NONE)
        return error_nomem(l->err);
    if ((status = load_word(&r.rating, l, F_RATING)) != SY_OK ||
        (status = load_word(&r.by, l, F_BY)) != SY_OK ||
        (status = load_word(&r.reason, l, F_REASON)) != SY_OK || r.rating == NO_WORD)
        return status;
    struct dataset *d = l->d;
    void *array = d->ratings;
    bool room = dataset_grow(&array, &d->ratings_cap, d->nratings, sizeof *d->ratings);
    d->ratings = array;
    if (!room)
        return error_nomem(l->err);
    d->ratings[d->nratings++] = r;
    return SY_OK;
}

sy_status load_adjustment_row(struct load *l)
{
    struct adjustment_row a = {.place = load_place(l)};
    size_t before = l->d->findings.count;
    sy_status status = load_entity(&a.entity, l);
    if (status != SY_OK || a.entity == NO_ENTITY)
        return status;
    if ((status = load_points(&a.points, l, a.entity, F_POINTS, "points")) != SY_OK ||
        (status = load_word(&a.cap, l, F_CAP)) != SY_OK ||
        (status = load_word(&a.reason, l, F_REASON)) != SY_OK)
        return status;
    if (isnan(a.points) && a.cap == NO_WORD && l->d->findings.count > before)
        return SY_OK; /* what was there has been refused */
    if (isnan(a.points) && a.cap == NO_WORD)
        return load_finding(l, FINDING_ADJUSTMENT_EMPTY, a.entity, NULL, NULL);
    struct dataset *d = l->d;
    void *array = d->adjustments;
    bool room = dataset_grow(&array, &d->adjustments_cap, d->nadjustments, sizeof *d->adjustments);
    d->adjustments = array;
    if (!room)
        return error_nomem(l->err);
    d->adjustments[d->nadjustments++] = a;
    return SY_OK;
}
