package dev.sluice.artifact.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Request targets that try to access files other than artifacts, in all notations that have ever fooled servers. */
public final class TraversalCorpus {

    private static final List<String> UP = List.of(
            "..",
            "%2e%2e",
            "%2E%2E",
            ".%2e",
            "%2e.",
            "%252e%252e",
            "%25252e%25252e",
            "%c0%ae%c0%ae",
            "%e0%80%ae%e0%80%ae",
            "%f0%80%80%ae%f0%80%80%ae",
            "%u002e%u002e",
            "%uff0e%uff0e",
            "%ef%bc%8e%ef%bc%8e",
            "..;",
            "..;a=b",
            "%2e%2e;",
            "..%3b",
            "..%00",
            "%00..",
            "..%20",
            "%20..",
            "..%09",
            "..%0a",
            "..%0d%0a",
            "...",
            "....",
            ".%00.",
            "..%5c",
            "..%01",
            "..%7f",
            "%c2%ae%c2%ae",
            "0x2e0x2e",
            "..%ff",
            "%2e%2e%2e");
    private static final List<String> SLASH = List.of(
            "/",
            "%2f",
            "%2F",
            "%5c",
            "%5C",
            "\\",
            "%252f",
            "%255c",
            "//",
            "/./",
            "/%2e/",
            "%c0%af",
            "%c1%9c",
            "%ef%bc%8f",
            "%u2215",
            "%e2%88%95",
            ";/",
            "/;/",
            "/%20/",
            "/%00/",
            "%00/");
    private static final List<String> STARTS = List.of("/", CanaryVolume.DIRECTORY + "/", CanaryVolume.ARTIFACT + "/");
    private static final List<String> HIDDEN = List.of(
            "/.sluice-volume",
            "/%2esluice-volume",
            "/./.sluice-volume",
            "/.lock",
            "/%2elock",
            "/externalartifact/../.lock");
    private static final List<String> IN_DIRECTORY = List.of(
            ".lock",
            "%2elock",
            "%2Elock",
            ".%6cock",
            ".tmp-00112233445566778899aabb",
            "%2etmp-00112233445566778899aabb",
            ".hidden.tar.gz",
            "%2ehidden.tar.gz",
            ".hidden/in.tar.gz",
            "%2ehidden/in.tar.gz",
            ".hidden%2fin.tar.gz",
            "dir.lock/in.tar.gz",
            "dir.loc%6b/in.tar.gz",
            "0123abcd.tar.gz.lock",
            "0123abcd.tar.gz%2elock",
            "0123abcd.tar.gz.loc%6B",
            "0123abcd.tar.gz/.lock",
            "absolute-link.tar.gz",
            "relative-link.tar.gz",
            "passwd-link.tar.gz",
            "link-to-link.tar.gz",
            "hidden-link.tar.gz",
            "other-link.tar.gz",
            "loop.tar.gz",
            "dangling.tar.gz",
            "outside/deep/canary.tar.gz",
            "outside%2fdeep%2fcanary.tar.gz",
            "outside/",
            "outside",
            "directory.tar.gz",
            "directory.tar.gz/",
            "",
            ".",
            "./",
            "..",
            "../",
            "%2e",
            "%2e/",
            "%2e%2e/");
    private static final List<String> NEAR_MISSES = List.of(
            "/",
            "%00",
            "%00.txt",
            "%20",
            "%09",
            "%0a",
            "%0d",
            ";",
            ";v=1",
            ";jsessionid=1",
            "%3b",
            "%3f",
            "%23",
            ".",
            "%2e",
            "..",
            "%2e%2e",
            "\\",
            "%5c",
            "::$DATA",
            "%3a%3a$DATA",
            "~",
            "%",
            "%%",
            "%2",
            "%zz",
            "%+1",
            "%-1",
            "%u0041",
            "/.",
            "/..",
            "/%2e",
            "//",
            "%2f",
            "%ff",
            "%c0%80",
            "%ed%a0%80",
            "%7f",
            "%1f",
            "%e2%80%ae");
    private static final List<String> ELSEWHERE = List.of(
            "/root/etc/passwd",
            "/up/canary.txt",
            "/up/canary.tar.gz",
            "/up%2fcanary.tar.gz",
            "/etc/passwd",
            "//etc/passwd",
            "///etc/passwd",
            "/%2fetc/passwd",
            "/%2f%2fetc%2fpasswd",
            "/proc/self/environ",
            "/%5cetc%5cpasswd",
            "/C:/Windows/win.ini",
            "/C:%5cWindows%5cwin.ini",
            "/%5c%5chost%5cshare",
            "/file:/etc/passwd",
            "/file:%2f%2f%2fetc%2fpasswd",
            "/volume/../canary.tar.gz",
            "/../volume-sibling/canary.tar.gz",
            "/..%2fvolume-sibling/canary.tar.gz",
            "/-sibling/canary.tar.gz",
            "/~root/.profile",
            "/~/canary.txt",
            "//canary.tar.gz",
            "//localhost" + CanaryVolume.DIRECTORY + "/.lock",
            "//x" + CanaryVolume.ARTIFACT,
            "/EXTERNALARTIFACT/DEFAULT/APP/0123ABCD.TAR.GZ",
            "//externalartifact/default/app/0123abcd.tar.gz",
            "/externalartifact//default/app/0123abcd.tar.gz",
            "/externalartifact/./default/app/0123abcd.tar.gz",
            "/externalartifact/default/../default/app/0123abcd.tar.gz",
            "/externalartifact/%2e/default/app/0123abcd.tar.gz",
            "/externalartifact%2fdefault/app/0123abcd.tar.gz",
            "/externalartifact%2Fdefault%2Fapp%2F0123abcd.tar.gz",
            "/externalartifact\\default\\app\\0123abcd.tar.gz",
            "/externalartifact;a/default/app/0123abcd.tar.gz",
            "/;/externalartifact/default/app/0123abcd.tar.gz",
            "/%65xternalartifact%2f",
            "/externalartifact/",
            "/externalartifact",
            "/externalartifact/default/",
            "/externalartifact/default",
            "/META-INF/MANIFEST.MF",
            "/WEB-INF/web.xml",
            "/classes/application.properties",
            "/actuator/env",
            "/actuator",
            "/error");

    private TraversalCorpus() {}

    /** Returns all targets, each with a leading slash; none may return 2xx. */
    public static Set<String> targets() {
        Set<String> targets = new TreeSet<>(HIDDEN);
        targets.addAll(climbing());
        IN_DIRECTORY.forEach(name -> targets.add(CanaryVolume.DIRECTORY + "/" + name));
        NEAR_MISSES.forEach(suffix -> targets.add(CanaryVolume.ARTIFACT + suffix));
        targets.addAll(ELSEWHERE);
        targets.add("/" + "a".repeat(300));
        targets.add("/a".repeat(1500));
        targets.add("/" + "%2e%2e%2f".repeat(300) + "etc/passwd");
        return targets;
    }

    private static List<String> climbing() {
        List<String> targets = new ArrayList<>();
        for (String start : STARTS) {
            int depth = start.length() - start.replace("/", "").length();
            for (String up : UP) {
                targets.add(start + (up + "/").repeat(depth) + "canary.tar.gz");
            }
            for (String slash : SLASH) {
                targets.add(start + (".." + slash).repeat(depth) + "canary.tar.gz");
                targets.add(start + ("%2e%2e" + slash).repeat(depth) + "canary.tar.gz");
                targets.add(start + ("%252e%252e" + slash).repeat(depth) + "canary.tar.gz");
                targets.add(start + ("..;" + slash).repeat(depth + 4) + "etc/passwd");
            }
        }
        return targets;
    }
}
