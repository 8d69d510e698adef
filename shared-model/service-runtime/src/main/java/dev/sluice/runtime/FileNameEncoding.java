package dev.sluice.runtime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;

/** How this JVM reads and writes file names: in the encoding of the locale that it was started with. */
final class FileNameEncoding {

    private FileNameEncoding() {}

    /** The encoding of this process; JDKs have no public name for it, and all of them this property. */
    static String ofThisProcess() {
        return System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());
    }

    /** Warns of an encoding that cannot express every file name. The service goes on: its own names are ASCII. */
    static void warnUnlessUtf8(String encoding, Logger log) {
        if (!Charset.isSupported(encoding) || !Charset.forName(encoding).equals(StandardCharsets.UTF_8)) {
            log.atWarn()
                    .addKeyValue("encoding", encoding)
                    .log("the locale is not UTF-8: files with other names than ASCII cannot be read;"
                            + " set LC_ALL=C.UTF-8");
        }
    }
}
