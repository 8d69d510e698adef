#!/usr/bin/env bash
# Runs the mutation tests of PIT for the packages that need no network: PIT changes the classes of a package in one place
# at a time and runs the package's tests. Prints a row of a table for each package. The mutants that no test kills are
# listed in target/mutations/PACKAGE.csv with file, method and line.
#
# Usage: mutations.sh [REGEX]
#   REGEX  only packages whose name matches
#
# THREADS  number of concurrent tests (default: 2)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Module, package, the classes that need no network (* for all), and the tests, if not those of the package.
packages='
shared-model/artifact-sdk dev.sluice.artifact.config *
shared-model/artifact-sdk dev.sluice.artifact.digest *
shared-model/artifact-sdk dev.sluice.artifact.ignore *
shared-model/artifact-sdk dev.sluice.artifact.tree *
shared-model/artifact-sdk dev.sluice.artifact.archive CheckedTarStream,EntryName,GzipInput,GzipMembers,PaxRecords,TarHeader,TrailingBytes dev.sluice.artifact.archive.ArchiveInteropTest,dev.sluice.artifact.archive.TarFormatsTest,dev.sluice.artifact.archive.TarGzReaderLimitsTest,dev.sluice.artifact.archive.TarGzReaderTest
shared-model/artifact-sdk dev.sluice.artifact.server ByteRange,ByteSelection,ConditionalRequest,EntityTags,FileVersion,HttpDates,LoggedPath,RequestPath dev.sluice.artifact.server.ConditionalRequestTest,dev.sluice.artifact.server.LoggedPathTest,dev.sluice.artifact.server.RequestPathTest,dev.sluice.artifact.server.ServedPathsTest
shared-model/artifact-sdk dev.sluice.artifact.fetch AllowedUrls,NoProxy,ProxyRules,RedactedUrl,RetryAfterHeader,RetryPolicy,UrlPrefix
shared-model/toolkit-api dev.sluice.toolkit.meta * dev.sluice.toolkit.*Test
shared-model/toolkit-api dev.sluice.toolkit.json * dev.sluice.toolkit.*Test
shared-model/service-runtime dev.sluice.runtime.flag *
reconciler-service dev.sluice.reconciler.spec *
reconciler-service dev.sluice.reconciler.pathpattern *
reconciler-service dev.sluice.reconciler.glob * dev.sluice.reconciler.glob.*Test,dev.sluice.reconciler.copy.Copy*Test
reconciler-service dev.sluice.reconciler.copy *
reconciler-service dev.sluice.reconciler.yaml * dev.sluice.reconciler.yaml.*Test
reconciler-service dev.sluice.reconciler.budget *
'
results=target/mutations
mkdir -p "$results"

# Counts mutants by status. A mutant that hangs or runs out of memory counts as killed.
count() { grep -cE ",($1)," "$report" || true; }

echo '| package | mutants | killed | without coverage |'
echo '| --- | --- | --- | --- |'
while read -r module package classes tests; do
    if [ -z "$module" ] || ! [[ $package =~ ${1:-} ]]; then
        continue
    fi
    report=$module/target/pit-reports/mutations.csv
    rm -f "$report"
    if ! mvn -B -ntp -Dfast -T1 -pl "$module" -am -Ppit test-compile org.pitest:pitest-maven:mutationCoverage \
        "-Dpit.classes=$(sed "s/[^,]*/$package.&/g" <<<"$classes")" "-Dpit.tests=${tests:-$package.*Test}" "-Dpit.threads=${THREADS:-2}" \
        </dev/null >"$results/$package.log" 2>&1; then
        tail -n 40 "$results/$package.log" >&2
        exit 1
    fi
    total=$(count '[A-Z_]+')
    killed=$(count 'KILLED|TIMED_OUT|MEMORY_ERROR|RUN_ERROR')
    grep -E ',(SURVIVED|NO_COVERAGE),' "$report" | cut -d, -f1,3-6 | sed 's/org.pitest.mutationtest.engine.gregor.mutators.//' \
        >"$results/$package.csv" || true
    name="\`$package\`"
    [ "$classes" = '*' ] || name="$name: ${classes//,/, }"
    echo "| $name | $total | $((100 * killed / total)) % | $(count NO_COVERAGE) |"
done <<<"$packages"
