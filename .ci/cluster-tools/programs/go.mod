module dev.sluice/ci/cluster-tools/programs

go 1.25.0
