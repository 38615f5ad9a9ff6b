# What the html plugin carries: the page's script, put together of its parts, its style, and Chart.js
# of Debian's libjs-chart.js. A page allows no script or style but these, by their hashes.

# *out = the SHA-256 of a file as a Content Security Policy writes it: base64.
function(html_hash out path)
    set(digits ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
    file(SHA256 ${path} hex)
    set(base64)
    foreach(at RANGE 0 60 6) # three bytes are four digits; the last two are three, and a filler
        string(SUBSTRING "${hex}00" ${at} 6 bytes)
        math(EXPR number "0x${bytes}")
        foreach(shift 18 12 6 0)
            math(EXPR digit "(${number} >> ${shift}) & 63")
            string(SUBSTRING ${digits} ${digit} 1 character)
            string(APPEND base64 ${character})
        endforeach()
    endforeach()
    string(SUBSTRING ${base64} 0 43 base64)
    set(${out} "${base64}=" PARENT_SCOPE)
endfunction()

function(html_embed chart)
    set(page ${CMAKE_SOURCE_DIR}/plugins/html/page)
    set(made ${PROJECT_BINARY_DIR}/html)
    set(parts words data dom table chart score fund findings compare sensitivity review main)
    set(script "'use strict';\n(() => {\n")
    foreach(part ${parts})
        file(READ ${page}/${part}.js text)
        string(APPEND script "${text}")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${page}/${part}.js)
    endforeach()
    file(CONFIGURE OUTPUT ${made}/page.js CONTENT "@script@})();\n" @ONLY NEWLINE_STYLE UNIX)
    configure_file(${page}/page.css ${made}/page.css COPYONLY)
    html_hash(page_js ${made}/page.js)
    html_hash(page_css ${made}/page.css)
    html_hash(chart_js ${chart})
    file(CONFIGURE OUTPUT ${made}/html_hashes.h @ONLY CONTENT [[
/* Of what embed.c carries. */
#define HTML_PAGE_JS_HASH  "@page_js@"
#define HTML_PAGE_CSS_HASH "@page_css@"
#define HTML_CHART_JS_HASH "@chart_js@"
]])
    set_source_files_properties(plugins/html/embed.c PROPERTIES
        OBJECT_DEPENDS "${made}/page.js;${made}/page.css;${chart}"
        COMPILE_DEFINITIONS "HTML_PAGE_JS=\"${made}/page.js\";HTML_PAGE_CSS=\"${made}/page.css\";HTML_CHART_JS=\"${chart}\""
        COMPILE_OPTIONS -fno-lto)
    target_include_directories(plugin_html PRIVATE ${made})
endfunction()
