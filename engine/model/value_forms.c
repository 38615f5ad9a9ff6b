/*
 * value_forms.c - the one table of the forms in which people write values: signs, words before and
 * after a number, deadlines, judgements. The rest of the parser knows no word of any language but
 * through it; units and multiples are in units.c, shapes of dates in value_date.c.
 */
#include <pthread.h>
#include <string.h>

#include "model/value_parts.h"

#define SIGN_FORM(text, sign)                                \
    {                                                        \
        text, FORM_PREFIX | FORM_COLUMN, MEANS_SIGN, sign, 0 \
    }
#define COLUMN_FORM(text, sign)                \
    {                                          \
        text, FORM_COLUMN, MEANS_SIGN, sign, 0 \
    }
#define AFTER_FORM(text, sign)                 \
    {                                          \
        text, FORM_SUFFIX, MEANS_SIGN, sign, 0 \
    }
#define FLAG_FORM(text, where, flags)              \
    {                                              \
        text, where, MEANS_FLAGS, SIGN_NONE, flags \
    }
#define OTHER_FORM(text, where, means)   \
    {                                    \
        text, where, means, SIGN_NONE, 0 \
    }
#define COUNTED_FORM(text)                              \
    {                                                   \
        text, FORM_COUNTED, MEANS_NOTHING, SIGN_NONE, 0 \
    }

/* In the spelling of value_normalise: ≥ and its like are `>=`, every long dash is —. */
static const struct form forms[] = {
    SIGN_FORM(">=", SIGN_GE),
    SIGN_FORM(">==", SIGN_GE),
    SIGN_FORM("=>", SIGN_GE),
    SIGN_FORM("<=", SIGN_LE),
    SIGN_FORM("<==", SIGN_LE),
    SIGN_FORM("=<", SIGN_LE),
    SIGN_FORM(">", SIGN_GT),
    SIGN_FORM("<", SIGN_LT),
    SIGN_FORM("=", SIGN_EQ),
    SIGN_FORM("==", SIGN_EQ),

    SIGN_FORM("不少于", SIGN_GE),
    SIGN_FORM("不低于", SIGN_GE),
    SIGN_FORM("不小于", SIGN_GE),
    SIGN_FORM("不得少于", SIGN_GE),
    SIGN_FORM("不得低于", SIGN_GE),
    SIGN_FORM("不得小于", SIGN_GE),
    SIGN_FORM("不能少于", SIGN_GE),
    SIGN_FORM("不能低于", SIGN_GE),
    SIGN_FORM("不应低于", SIGN_GE),
    SIGN_FORM("高于或等于", SIGN_GE),
    SIGN_FORM("至少", SIGN_GE),
    SIGN_FORM("最少", SIGN_GE),
    SIGN_FORM("最低", SIGN_GE),
    SIGN_FORM("大于等于", SIGN_GE),
    SIGN_FORM("大于或等于", SIGN_GE),
    SIGN_FORM("at least", SIGN_GE),
    SIGN_FORM("no less than", SIGN_GE),
    SIGN_FORM("not less than", SIGN_GE),
    SIGN_FORM("no fewer than", SIGN_GE),
    SIGN_FORM("minimum", SIGN_GE),

    SIGN_FORM("不超过", SIGN_LE),
    SIGN_FORM("不超", SIGN_LE),
    SIGN_FORM("不高于", SIGN_LE),
    SIGN_FORM("不大于", SIGN_LE),
    SIGN_FORM("不多于", SIGN_LE),
    SIGN_FORM("不得超过", SIGN_LE),
    SIGN_FORM("不得高于", SIGN_LE),
    SIGN_FORM("不得大于", SIGN_LE),
    SIGN_FORM("不得多于", SIGN_LE),
    SIGN_FORM("不能超过", SIGN_LE),
    SIGN_FORM("不应超过", SIGN_LE),
    SIGN_FORM("不超出", SIGN_LE),
    SIGN_FORM("低于或等于", SIGN_LE),
    SIGN_FORM("至多", SIGN_LE),
    SIGN_FORM("最多", SIGN_LE),
    SIGN_FORM("最高", SIGN_LE),
    SIGN_FORM("小于等于", SIGN_LE),
    SIGN_FORM("小于或等于", SIGN_LE),
    SIGN_FORM("不晚于", SIGN_LE),
    SIGN_FORM("不迟于", SIGN_LE),
    SIGN_FORM("最迟", SIGN_LE),
    SIGN_FORM("at most", SIGN_LE),
    SIGN_FORM("up to", SIGN_LE),
    SIGN_FORM("no more than", SIGN_LE),
    SIGN_FORM("not more than", SIGN_LE),
    SIGN_FORM("maximum", SIGN_LE),
    SIGN_FORM("within", SIGN_LE),
    {"控制在", FORM_PREFIX, MEANS_SOFT, SIGN_LE, 0},
    {"控制到", FORM_PREFIX, MEANS_SOFT, SIGN_LE, 0},

    SIGN_FORM("大于", SIGN_GT),
    SIGN_FORM("高于", SIGN_GT),
    SIGN_FORM("超过", SIGN_GT),
    SIGN_FORM("多于", SIGN_GT),
    SIGN_FORM("more than", SIGN_GT),
    SIGN_FORM("greater than", SIGN_GT),
    SIGN_FORM("over", SIGN_GT),
    SIGN_FORM("above", SIGN_GT),

    SIGN_FORM("小于", SIGN_LT),
    SIGN_FORM("低于", SIGN_LT),
    SIGN_FORM("少于", SIGN_LT),
    SIGN_FORM("不足", SIGN_LT),
    SIGN_FORM("不到", SIGN_LT),
    SIGN_FORM("less than", SIGN_LT),
    SIGN_FORM("fewer than", SIGN_LT),
    SIGN_FORM("under", SIGN_LT),
    SIGN_FORM("below", SIGN_LT),

    SIGN_FORM("等于", SIGN_EQ),
    SIGN_FORM("equal to", SIGN_EQ),
    SIGN_FORM("by", SIGN_BY),
    {"介于", FORM_PREFIX | FORM_COLUMN, MEANS_SOFT, SIGN_BETWEEN, 0},

    COLUMN_FORM("between", SIGN_BETWEEN),
    COLUMN_FORM("区间", SIGN_BETWEEN),
    COLUMN_FORM("之间", SIGN_BETWEEN),
    COLUMN_FORM("截止", SIGN_BY),
    COLUMN_FORM("截至", SIGN_BY),
    COLUMN_FORM("期限", SIGN_BY),
    COLUMN_FORM("定性", SIGN_QUALITATIVE),
    COLUMN_FORM("定性指标", SIGN_QUALITATIVE),
    COLUMN_FORM("文字描述", SIGN_QUALITATIVE),
    COLUMN_FORM("qualitative", SIGN_QUALITATIVE),
    OTHER_FORM("定量", FORM_COLUMN, MEANS_NOTHING),
    OTHER_FORM("定量指标", FORM_COLUMN, MEANS_NOTHING),
    COLUMN_FORM("正向", SIGN_GE),
    COLUMN_FORM("正向指标", SIGN_GE),
    COLUMN_FORM("正指标", SIGN_GE),
    COLUMN_FORM("越大越好", SIGN_GE),
    COLUMN_FORM("反向", SIGN_LE),
    COLUMN_FORM("反向指标", SIGN_LE),
    COLUMN_FORM("逆向", SIGN_LE),
    COLUMN_FORM("逆向指标", SIGN_LE),
    COLUMN_FORM("负向", SIGN_LE),
    COLUMN_FORM("负向指标", SIGN_LE),
    COLUMN_FORM("逆指标", SIGN_LE),
    COLUMN_FORM("越小越好", SIGN_LE),
    COLUMN_FORM("ge", SIGN_GE),
    COLUMN_FORM("gt", SIGN_GT),
    COLUMN_FORM("eq", SIGN_EQ),
    COLUMN_FORM("lt", SIGN_LT),
    COLUMN_FORM("le", SIGN_LE),

    FLAG_FORM("超", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("近", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("约", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("约为", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("大约", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("大概", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("接近", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("将近", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("多达", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("高达", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("≈", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("about", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("approximately", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("approx.", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("nearly", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("almost", FORM_PREFIX, VALUE_APPROXIMATE),
    FLAG_FORM("around", FORM_PREFIX, VALUE_APPROXIMATE),
    OTHER_FORM("达", FORM_PREFIX, MEANS_REACH),
    OTHER_FORM("达到", FORM_PREFIX, MEANS_REACH),
    OTHER_FORM("达到了", FORM_PREFIX, MEANS_REACH),

    FLAG_FORM("提升", FORM_PREFIX, VALUE_UP),
    FLAG_FORM("提高", FORM_PREFIX, VALUE_UP),
    FLAG_FORM("增长", FORM_PREFIX, VALUE_UP),
    FLAG_FORM("增加", FORM_PREFIX, VALUE_UP),
    FLAG_FORM("上升", FORM_PREFIX, VALUE_UP),
    FLAG_FORM("增速", FORM_PREFIX, VALUE_UP),
    FLAG_FORM("增幅", FORM_PREFIX, VALUE_UP),
    FLAG_FORM("下降", FORM_PREFIX, VALUE_DOWN),
    FLAG_FORM("降低", FORM_PREFIX, VALUE_DOWN),
    FLAG_FORM("减少", FORM_PREFIX, VALUE_DOWN),
    FLAG_FORM("压减", FORM_PREFIX, VALUE_DOWN),
    FLAG_FORM("压缩", FORM_PREFIX, VALUE_DOWN),
    FLAG_FORM("缩减", FORM_PREFIX, VALUE_DOWN),
    FLAG_FORM("削减", FORM_PREFIX, VALUE_DOWN),
    FLAG_FORM("降幅", FORM_PREFIX, VALUE_DOWN),
    FLAG_FORM("increase", FORM_PREFIX, VALUE_UP),
    FLAG_FORM("increase by", FORM_PREFIX, VALUE_UP),
    FLAG_FORM("increased by", FORM_PREFIX, VALUE_UP),
    FLAG_FORM("decrease", FORM_PREFIX, VALUE_DOWN),
    FLAG_FORM("decrease by", FORM_PREFIX, VALUE_DOWN),
    FLAG_FORM("decreased by", FORM_PREFIX, VALUE_DOWN),
    OTHER_FORM("至", FORM_PREFIX, MEANS_LINK),
    OTHER_FORM("到", FORM_PREFIX, MEANS_LINK),
    OTHER_FORM("了", FORM_PREFIX, MEANS_LINK),
    OTHER_FORM("同比", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("环比", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("比上年", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("较上年", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("比去年", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("较去年", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("比上年同期", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("较上年同期", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("年均", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("超额", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("累计", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("共计", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("共", FORM_PREFIX, MEANS_NOTHING),
    OTHER_FORM("于", FORM_PREFIX, MEANS_WHEN),
    OTHER_FORM("在", FORM_PREFIX, MEANS_WHEN),
    OTHER_FORM("截至", FORM_PREFIX, MEANS_WHEN),
    OTHER_FORM("截止", FORM_PREFIX, MEANS_WHEN),

    AFTER_FORM("以上", SIGN_GE),
    AFTER_FORM("及以上", SIGN_GE),
    AFTER_FORM("或以上", SIGN_GE),
    AFTER_FORM("含以上", SIGN_GE),
    AFTER_FORM("or more", SIGN_GE),
    AFTER_FORM("or above", SIGN_GE),
    AFTER_FORM("and above", SIGN_GE),
    AFTER_FORM("以内", SIGN_LE),
    AFTER_FORM("之内", SIGN_LE),
    AFTER_FORM("内", SIGN_LE),
    AFTER_FORM("及以内", SIGN_LE),
    AFTER_FORM("以下", SIGN_LE),
    AFTER_FORM("及以下", SIGN_LE),
    AFTER_FORM("或以下", SIGN_LE),
    AFTER_FORM("or less", SIGN_LE),
    AFTER_FORM("or fewer", SIGN_LE),
    AFTER_FORM("or below", SIGN_LE),
    AFTER_FORM("and below", SIGN_LE),
    {"之间", FORM_SUFFIX, MEANS_SOFT, SIGN_BETWEEN, 0},
    FLAG_FORM("左右", FORM_SUFFIX, VALUE_APPROXIMATE),
    FLAG_FORM("上下", FORM_SUFFIX, VALUE_APPROXIMATE),
    FLAG_FORM("余", FORM_SUFFIX | FORM_INNER, VALUE_APPROXIMATE),
    FLAG_FORM("多", FORM_SUFFIX | FORM_INNER, VALUE_APPROXIMATE),
    FLAG_FORM("来", FORM_INNER, VALUE_APPROXIMATE),
    OTHER_FORM("完成", FORM_SUFFIX, MEANS_NOTHING),

    OTHER_FORM("前", FORM_DEADLINE, MEANS_BEFORE),
    OTHER_FORM("之前", FORM_DEADLINE, MEANS_BEFORE),
    OTHER_FORM("以前", FORM_DEADLINE, MEANS_BEFORE),
    OTHER_FORM("内", FORM_DEADLINE, MEANS_WITHIN),
    OTHER_FORM("之内", FORM_DEADLINE, MEANS_WITHIN),
    OTHER_FORM("以内", FORM_DEADLINE, MEANS_WITHIN),

    OTHER_FORM("不适用", FORM_WHOLE, MEANS_NA),
    OTHER_FORM("无此项", FORM_WHOLE, MEANS_NA),
    OTHER_FORM("n/a", FORM_WHOLE, MEANS_NA),
    OTHER_FORM("not applicable", FORM_WHOLE, MEANS_NA),
    OTHER_FORM("na", FORM_WHOLE, MEANS_NA),
    OTHER_FORM("是", FORM_WHOLE, MEANS_YES),
    OTHER_FORM("√", FORM_WHOLE, MEANS_YES),
    OTHER_FORM("✓", FORM_WHOLE, MEANS_YES),
    OTHER_FORM("✔", FORM_WHOLE, MEANS_YES),
    OTHER_FORM("yes", FORM_WHOLE, MEANS_YES),
    OTHER_FORM("true", FORM_WHOLE, MEANS_YES),
    OTHER_FORM("否", FORM_WHOLE, MEANS_NO),
    OTHER_FORM("×", FORM_WHOLE, MEANS_NO),
    OTHER_FORM("✗", FORM_WHOLE, MEANS_NO),
    OTHER_FORM("✘", FORM_WHOLE, MEANS_NO),
    OTHER_FORM("no", FORM_WHOLE, MEANS_NO),
    OTHER_FORM("false", FORM_WHOLE, MEANS_NO),

    COUNTED_FORM("个"),
    COUNTED_FORM("件"),
    COUNTED_FORM("场"),
    COUNTED_FORM("次"),
    COUNTED_FORM("家"),
    COUNTED_FORM("人"),
    COUNTED_FORM("项"),
    COUNTED_FORM("条"),
    COUNTED_FORM("份"),
    COUNTED_FORM("名"),
    COUNTED_FORM("户"),
    COUNTED_FORM("所"),
    COUNTED_FORM("处"),
    COUNTED_FORM("座"),
    COUNTED_FORM("台"),
    COUNTED_FORM("套"),
    COUNTED_FORM("批"),
    COUNTED_FORM("篇"),
    COUNTED_FORM("部"),
    COUNTED_FORM("册"),
    COUNTED_FORM("例"),
    COUNTED_FORM("种"),
    COUNTED_FORM("岁"),
    COUNTED_FORM("分"),
    COUNTED_FORM("场次"),
    COUNTED_FORM("人次"),
    COUNTED_FORM("条次"),
    COUNTED_FORM("成"),
    COUNTED_FORM("倍"),
};

#define NFORMS (sizeof forms / sizeof *forms)

static char lower_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Forms are lower case already. */
static bool match_text(const char *form, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (form[i] != lower_ascii(text[i]))
            return false;
    return true;
}

/* The forms that may stand in one place, grouped by their first byte (those after a number: by
 * their last), so that a cell is compared with a few of them only. */
struct place {
    uint16_t begin[257]; /* by byte, into `forms` */
    uint16_t forms[NFORMS];
};

#define NPLACES 7

static struct place places[NPLACES];
static uint8_t lengths[NFORMS];
static pthread_once_t places_once = PTHREAD_ONCE_INIT;

static unsigned char anchor_of(const char *text, size_t len, unsigned where)
{
    return (unsigned char)lower_ascii(where == FORM_SUFFIX ? text[len - 1] : text[0]);
}

static void group_forms(void)
{
    for (size_t i = 0; i < NFORMS; i++)
        lengths[i] = (uint8_t)strlen(forms[i].text);
    for (size_t p = 0; p < NPLACES; p++) {
        const unsigned where = 1u << p;
        uint16_t *begin = places[p].begin, used = 0, next[256];
        uint16_t count[256] = {0};
        for (size_t i = 0; i < NFORMS; i++)
            if (forms[i].where & where)
                count[anchor_of(forms[i].text, lengths[i], where)]++;
        for (size_t byte = 0; byte < 256; used += count[byte++])
            begin[byte] = next[byte] = used;
        begin[256] = used;
        for (uint16_t i = 0; i < NFORMS; i++)
            if (forms[i].where & where)
                places[p].forms[next[anchor_of(forms[i].text, lengths[i], where)]++] = i;
    }
}

/* The longest form that stands in one place at the start, or the end, of a text. */
static const struct form *find_longest(const char *text, size_t len, unsigned where)
{
    const struct form *best = NULL;
    size_t best_len = 0, place = 0;
    pthread_once(&places_once, group_forms);
    if (len == 0)
        return NULL;
    while (where != 1u << place)
        place++;
    const struct place *p = &places[place];
    unsigned char anchor = anchor_of(text, len, where);
    for (size_t k = p->begin[anchor]; k < p->begin[anchor + 1]; k++) {
        size_t i = p->forms[k], n = lengths[i];
        if (n > best_len && n <= len &&
            match_text(forms[i].text, where == FORM_SUFFIX ? text + len - n : text, n)) {
            best = &forms[i];
            best_len = n;
        }
    }
    return best;
}

const struct form *value_form_at(const char *text, size_t len, unsigned where)
{
    return find_longest(text, len, where);
}

const struct form *value_form_whole(const char *text, size_t len, unsigned where)
{
    const struct form *form = find_longest(text, len, where);
    return form && strlen(form->text) == len ? form : NULL;
}

bool sign_known(enum sign *out, const char *text, size_t len)
{
    char normal[VALUE_TEXT_MAX];
    size_t n = value_normalise(normal, text, len);
    const struct form *form =
        n == 0 || n == SIZE_MAX ? NULL : value_form_whole(normal, n, FORM_COLUMN);
    *out = form ? (enum sign)form->sign : SIGN_NONE;
    return form != NULL;
}

enum sign sign_read(const char *text, size_t len)
{
    enum sign sign;
    sign_known(&sign, text, len);
    return sign;
}

const char *sign_text(enum sign s)
{
    static const char *const texts[] = {"",   ">=",      ">",  "=",          "<",
                                        "<=", "between", "by", "qualitative"};
    return (size_t)s < sizeof texts / sizeof *texts ? texts[s] : "";
}
