/*
 * init_text.c - templates of a new evaluation: words between @ signs, and a yardstick's keys as
 * lines that a user can take the `;` off.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/init.h"
#include "base/error.h"
#include "base/file.h"
#include "base/number.h"

#define TEMPLATE_MAX ((size_t)1 << 20)
#define WORD_MAX     32

static const char *find_word(const struct init_texts *t, const char *name)
{
    for (size_t i = 0; i < t->nwords; i++)
        if (strcmp(t->words[i].name, name) == 0)
            return t->words[i].text;
    return t->language ? ini_get(t->language, "words", name) : NULL;
}

/* The word that begins at `at`, which is an @; its length with both @ in *len. NULL: none. */
static const char *read_word(const struct init_texts *t, const char *at, size_t *len)
{
    char name[WORD_MAX];
    size_t n = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_0123456789");
    if (n == 0 || n >= sizeof name || at[n + 1] != '@')
        return NULL;
    memcpy(name, at + 1, n);
    name[n] = '\0';
    *len = n + 2;
    return find_word(t, name);
}

static void replace_words(struct buf *out, const char *text, const struct init_texts *t)
{
    while (*text) {
        size_t plain = strcspn(text, "@"), len = 0;
        buf_add(out, text, plain);
        text += plain;
        const char *word = *text ? read_word(t, text, &len) : NULL;
        if (word) {
            buf_str(out, word);
            text += len;
        } else if (*text)
            buf_char(out, *text++);
    }
}

sy_status init_fill(struct buf *out, const char *path, const struct init_texts *texts,
                    sy_error *err)
{
    char *text = NULL;
    size_t len;
    sy_status status = file_slurp(&text, &len, path, TEMPLATE_MAX, err);
    if (status != SY_OK)
        return status;
    replace_words(out, text, texts);
    free(text);
    return out->failed ? error_nomem(err) : SY_OK;
}

void init_set(struct init_texts *texts, const char *name, const char *text)
{
    for (size_t i = 0; i < texts->nwords; i++) {
        if (strcmp(texts->words[i].name, name) == 0) {
            texts->words[i].text = text;
            return;
        }
    }
    if (texts->nwords < sizeof texts->words / sizeof *texts->words)
        texts->words[texts->nwords++] = (struct init_word){name, text};
}

static void list_points(struct buf *out, const char *key, double points)
{
    char number[NUMBER_TEXT_MAX];
    number_print(number, points);
    buf_printf(out, "; %s = %s\n", key, number);
}

/* The path that examples speak of: the first that is no pattern. */
static const char *first_path(const struct yardstick *y)
{
    for (size_t i = 0; i < y->nweights; i++)
        if (!strchr(y->weights[i].pattern, '*'))
            return y->weights[i].pattern;
    return "execution.rate";
}

/* Whether every fund of the type has the indicator: others are doubted where the data has none. */
static bool is_weighted(const struct yardstick *y, const char *path)
{
    for (size_t i = 0; i < y->nweights; i++)
        if (strcmp(y->weights[i].pattern, path) == 0)
            return true;
    return false;
}

void init_list(struct init_texts *t, const struct yardstick *y)
{
    buf_clear(&t->levels);
    buf_clear(&t->weights);
    buf_clear(&t->targets);
    buf_clear(&t->grades);
    for (size_t i = 0; i < y->nlevels; i++)
        list_points(&t->levels, y->levels[i].path, y->levels[i].points);
    for (size_t i = 0; i < y->nweights; i++) {
        if (y->weights[i].split)
            buf_printf(&t->weights, "; %s = split\n", y->weights[i].pattern);
        else
            list_points(&t->weights, y->weights[i].pattern, y->weights[i].points);
    }
    for (size_t i = 0; i < y->ntargets; i++)
        if (is_weighted(y, y->targets[i].key))
            buf_printf(&t->targets, "; %s = %s\n", y->targets[i].key, y->targets[i].text);
    for (size_t i = 0; i < y->ngrades; i++)
        if (isfinite(y->grades[i].bound))
            list_points(&t->grades, y->grades[i].name, y->grades[i].bound);
    init_set(t, "grades", buf_text(&t->grades));
    init_set(t, "levels", buf_text(&t->levels));
    init_set(t, "weights", buf_text(&t->weights));
    init_set(t, "targets", buf_text(&t->targets));
    init_set(t, "path", first_path(y));
    init_set(t, "label", y->name);
}

void init_texts_dispose(struct init_texts *t)
{
    buf_dispose(&t->levels);
    buf_dispose(&t->weights);
    buf_dispose(&t->targets);
    buf_dispose(&t->grades);
    buf_dispose(&t->cases);
}
