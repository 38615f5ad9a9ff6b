/*
 * script.c - loading a type's script, layer by layer, into a sandbox.
 */
#include "rule/script.h"

#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "base/error.h"
#include "base/number.h"
#include "rule/api.h"
#include "rule/sandbox.h"
#include "rule/script_parts.h"

struct loading {
    struct script *script;
    const struct script_source *layers;
    size_t nlayers;
    bool keep; /* what the script returned is kept, see script_push */
};

void script_free(struct script *s)
{
    if (s == NULL)
        return;
    script_state_free(s->state);
    arena_dispose(&s->arena);
    free(s);
}

const char *script_parameter_text(const struct script *s, const char *key)
{
    for (size_t i = 0; i < s->nparameters; i++)
        if (strcmp(s->parameters[i].key, key) == 0)
            return s->parameters[i].text;
    return NULL;
}

void rule_apply_parameters(struct rule *rule, const struct script_parameter *parameters,
                           size_t nparameters)
{
    for (size_t i = 0; i < nparameters; i++) {
        const struct script_parameter *p = &parameters[i];
        double x = 0;
        const bool number = number_parse(&x, p->text, strlen(p->text)) && x >= 0;
        if (strcmp(p->key, "over") == 0 && number)
            rule->over = x;
        else if (strcmp(p->key, "pass") == 0 && number)
            rule->pass = x;
        else if (strcmp(p->key, "reverse") == 0)
            rule->linear = strcmp(p->text, "linear") == 0;
    }
}

/* Under sandbox_call. Leaves what the layer returned, its rules, on the stack. */
static void load_layer(lua_State *L, const struct script_source *layer)
{
    struct sandbox *s = sandbox_of(L);
    sandbox_begin(s, 0);
    api_begin_layer(L);
    sandbox_load(L, layer->path, layer->shown);
    lua_call(L, 0, 1);
    sandbox_check(L);
    if (luaL_testudata(L, -1, API_RULES) == NULL)
        luaL_error(L, "the script must end with `return rules`, made by sy.rules { api = 1 }");
}

static int load_layers(lua_State *L)
{
    const struct loading *loading = lua_touserdata(L, 1);
    struct sandbox *s = sandbox_of(L);
    lua_pushnil(L);
    api_set_base(L);
    api_begin_places(L);
    for (size_t i = 0; i < loading->nlayers; i++) {
        s->layer = i;
        load_layer(L, &loading->layers[i]);
        if (i + 1 < loading->nlayers)
            api_set_base(L);
    }
    sandbox_begin(s, 0);
    if (loading->keep) {
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &loading->script->indicator);
    }
    script_collect(L, loading->script);
    return 0;
}

/* Functions of a script that will not be called again, and what they hold. */
static int drop_functions(lua_State *L)
{
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, lua_touserdata(L, 1));
    lua_gc(L, LUA_GCCOLLECT);
    return 0;
}

const struct script_stop script_limit = {"not called: the script has hit a limit before", NULL, 0};

void script_stop(struct script *script, const struct script_stop *why)
{
    if (script->stop != NULL)
        return;
    script->why = *why;
    script->stop = &script->why;
    sandbox_call(script->box, drop_functions, script, false);
}

bool script_stopped(const struct script *script)
{
    return script->stop != NULL;
}

static bool copy_parameters(struct script *script, const struct script_parameter *parameters,
                            size_t n)
{
    script->parameters = arena_alloc(&script->arena, (n + 1) * sizeof *script->parameters);
    if (script->parameters == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct script_parameter *p = &script->parameters[i];
        p->key = arena_strdup(&script->arena, parameters[i].key);
        p->text = arena_strdup(&script->arena, parameters[i].text);
        if (p->key == NULL || p->text == NULL)
            return false;
    }
    script->nparameters = n;
    return true;
}

static sy_status report_failure(const struct sandbox *s, const struct script_source *layers,
                                sy_error *err)
{
    const struct sandbox_failure *f = &s->failure;
    if (f->nomem)
        return error_nomem(err);
    return error_set(err, f->status, f->file[0] != '\0' ? f->file : layers[s->layer].shown, f->line,
                     "%s", f->message);
}

/* NULL: no memory. */
static struct script *make_script(struct sandbox *s, const struct script_source *layers,
                                  const struct script_parameter *parameters, size_t nparameters)
{
    struct script *script = calloc(1, sizeof *script);
    if (script == NULL)
        return NULL;
    script->box = s;
    script->layers = layers;
    script->owner = arena_alloc(&s->names, sizeof *script->owner);
    if (script->owner == NULL || !copy_parameters(script, parameters, nparameters)) {
        script_free(script);
        return NULL;
    }
    script->fallback = rule_default;
    rule_apply_parameters(&script->fallback, script->parameters, nparameters);
    return script;
}

sy_status script_load(struct script **out, struct sandbox *s, const struct script_source *layers,
                      size_t nlayers, const struct script_parameter *parameters, size_t nparameters,
                      sy_error *err)
{
    if (nlayers == 0)
        return error_set(err, SY_EINPUT, NULL, 0, "no script to load");
    struct script *script = make_script(s, layers, parameters, nparameters);
    if (script == NULL)
        return error_nomem(err);
    struct loading loading = {.script = script, .layers = layers, .nlayers = nlayers};
    s->current = script;
    s->layer = 0;
    s->mode = MODE_LOAD;
    const bool loaded = sandbox_call(s, load_layers, &loading, true);
    s->mode = MODE_IDLE;
    s->current = NULL;
    script->layers = NULL;
    const sy_status status = loaded ? script_remember(script, err) : report_failure(s, layers, err);
    if (status != SY_OK) {
        script_stop(script, &script_limit);
        script_free(script);
        return status;
    }
    script->next = s->scripts;
    s->scripts = script;
    *out = script;
    return SY_OK;
}

struct script *script_push(lua_State *L, const struct script_source *layers, size_t nlayers,
                           const struct script_parameter *parameters, size_t nparameters)
{
    struct sandbox *s = sandbox_of(L);
    struct script *script = make_script(s, layers, parameters, nparameters);
    if (script == NULL)
        sandbox_nomem(L);
    script->next = s->scripts;
    s->scripts = script;
    struct loading loading = {.script = script, .layers = layers, .nlayers = nlayers, .keep = true};
    s->current = script;
    s->layer = 0;
    s->mode = MODE_LOAD;
    lua_pushcfunction(L, load_layers);
    lua_pushlightuserdata(L, &loading);
    lua_call(L, 1, 0);
    script->layers = NULL;
    return script;
}
