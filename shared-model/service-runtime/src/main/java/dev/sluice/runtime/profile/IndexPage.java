package dev.sluice.runtime.profile;

import org.jspecify.annotations.Nullable;

/** The index page with links to all profiles. */
final class IndexPage {

    private IndexPage() {}

    /**
     * Returns the page.
     *
     * @param prefix prefix of the links, so that they work at any path
     * @param noLiveObjects why the heap profile shows allocations instead of live objects; null if it does not
     */
    static String html(String prefix, @Nullable String noLiveObjects) {
        StringBuilder page = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"/><title>pprof</title></head><body>
                <h1>Profiles</h1>
                <p>For <code>go tool pprof URL</code>; one profile at a time, for at most %d s.</p>
                <table>
                """.formatted(ProfileQuery.MAX_SECONDS));
        for (ProfileKind kind : ProfileKind.values()) {
            page.append("<tr><td>").append(link(prefix, kind)).append("</td><td>");
            page.append(kind.help()).append("</td></tr>\n");
        }
        page.append("</table>\n");
        if (noLiveObjects != null) {
            page.append("<p>heap shows allocations instead of live objects: cannot load async-profiler (");
            page.append(escape(noLiveObjects)).append(").</p>\n");
        }
        page.append("<p><a href=\"").append(prefix).append("goroutine?debug=2\">thread dump</a></p>\n");
        return page.append("</body></html>\n").toString();
    }

    private static String link(String prefix, ProfileKind kind) {
        String query = kind.takesTime() ? "?seconds=" + kind.defaultTime().toSeconds() : "";
        return "<a href=\"" + prefix + kind.path() + query + "\">" + kind.path() + "</a>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
