package dev.sluice.reconciler.budget;

/** The limits, their flags, and the remedy for the owner of a generator. */
public enum Limit {
    DOWNLOAD_BYTES("--source-max-download-bytes", "bytes downloaded", "make the source smaller"),
    UNPACKED_BYTES("--source-max-unpacked-bytes", "bytes unpacked", "make the source smaller"),
    SOURCE_ENTRIES("--source-max-entries", "files and directories", "exclude files from the source"),
    COPIED_ENTRIES("--run-max-copied-entries", "copied files and directories", "narrow the copy operations' globs"),
    ARTIFACTS("--generator-max-artifacts", "artifacts", "split the generator"),
    OUTPUT_BYTES("--run-max-output-bytes", "bytes of generated content", "copy less or split the generator"),
    YAML_BYTES("--merge-max-yaml-bytes", "bytes of merged YAML with aliases expanded", "merge smaller files"),
    HEAP_BYTES("--heap-budget", "bytes of heap", "use smaller sources or split the generator"),
    DISK_BYTES("--disk-budget", "bytes of temporary disk", "use smaller sources or split the generator");

    private final String flag;
    private final String unit;
    private final String remedy;

    Limit(String flag, String unit, String remedy) {
        this.flag = flag;
        this.unit = unit;
        this.remedy = remedy;
    }

    public String flag() {
        return flag;
    }

    String unit() {
        return unit;
    }

    String remedy() {
        return remedy;
    }
}
