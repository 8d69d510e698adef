package dev.sluice.runtime.profile;

import org.jspecify.annotations.Nullable;

/** Lists what there is, with links. */
final class IndexPage {

    private IndexPage() {}

    /**
     * The page.
     *
     * @param prefix what the links begin with, so that they work wherever the page is
     * @param noLiveObjects why heap shows allocations instead of live objects, or null when it does not
     */
    static String html(String prefix, @Nullable String noLiveObjects) {
        StringBuilder page = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"/><title>pprof</title></head><body>
                <h1>Profiles</h1>
                <p>For <code>go tool pprof URL</code>; one is taken at a time, for %d s at most.</p>
                <table>
                """.formatted(ProfileQuery.MAX_SECONDS));
        for (ProfileKind kind : ProfileKind.values()) {
            page.append("<tr><td>").append(link(prefix, kind)).append("</td><td>");
            page.append(kind.help()).append("</td></tr>\n");
        }
        page.append("</table>\n");
        if (noLiveObjects != null) {
            page.append("<p>heap shows allocations here, not live objects: async-profiler cannot be loaded (");
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
