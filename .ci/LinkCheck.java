import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks that every relative link of the HTML pages in a directory leads to a page and an anchor. */
final class LinkCheck {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ANCHOR = Pattern.compile("(?:id|name)=\"([^\"]*)\"");

    public static void main(String[] arguments) throws IOException {
        Path site = Path.of(arguments[0]).toAbsolutePath().normalize();
        Map<Path, Set<String>> anchors = new HashMap<>();
        Map<Path, List<String>> links = new HashMap<>();
        try (Stream<Path> pages = Files.walk(site).filter(file -> file.toString().endsWith(".html"))) {
            for (Path page : pages.toList()) {
                String html = Files.readString(page);
                anchors.put(page, new HashSet<>(all(ANCHOR, html)));
                links.put(page, all(LINK, html));
            }
        }
        List<String> broken = new ArrayList<>();
        int count = 0;
        for (Map.Entry<Path, List<String>> page : links.entrySet()) {
            for (String link : page.getValue()) {
                if (link.matches("(?i)(https?:|mailto:|javascript:).*") || link.isEmpty()) {
                    continue;
                }
                if (page.getKey().endsWith("constant-values.html") && link.matches("#[a-z.]+")) {
                    continue; // javadoc of JDK 17 gives the groups of this page's contents no anchors
                }
                count++;
                String[] parts = decoded(link).split("#", 2);
                Path target = parts[0].isEmpty()
                        ? page.getKey()
                        : page.getKey().resolveSibling(parts[0]).normalize();
                boolean found = target.startsWith(site)
                        && Files.exists(target)
                        && (parts.length == 1
                                || parts[1].isEmpty()
                                || anchors.getOrDefault(target, Set.of()).contains(parts[1]));
                if (!found) {
                    broken.add(site.relativize(page.getKey()) + ": " + link);
                }
            }
        }
        broken.stream().limit(50).forEach(System.err::println);
        System.out.printf("%d pages, %d links, %d broken%n", links.size(), count, broken.size());
        System.exit(broken.isEmpty() && count > 0 ? 0 : 1);
    }

    private static List<String> all(Pattern pattern, String html) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(html);
        while (matcher.find()) {
            found.add(decoded(matcher.group(1)));
        }
        return found;
    }

    private static String decoded(String text) {
        String plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("+", "%2B");
        return URLDecoder.decode(plain, StandardCharsets.UTF_8);
    }
}
