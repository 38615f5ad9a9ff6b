/*
 * builtin_plugins.h - the formats that are built in, for the tests of a program that loads files.
 */
#ifndef TESTS_BUILTIN_PLUGINS_H
#define TESTS_BUILTIN_PLUGINS_H

#include "check.h"
#include "plug/host.h"

static struct plug_registry *plugins;

static int plugins_open(void **state)
{
    static const char *const none[] = {NULL};
    (void)state;
    return plug_open(&plugins, none, NULL) == SY_OK ? 0 : -1;
}

static int plugins_close(void **state)
{
    (void)state;
    plug_close(plugins);
    return 0;
}

#endif
