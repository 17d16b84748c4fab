BeforeDiscovery {
    $tasks = 'Clean', 'Build', 'Test', 'Pester', 'Linkers', 'Publish', 'Package', 'CheckPackage', 'TestPackage', 'Quickstart', 'Gate', 'CheckRelease', 'Release', 'PublishPackage'
}

Describe 'build.ps1' -ForEach @{ Tasks = $tasks } {
    BeforeAll {
        . (Join-Path $PSScriptRoot Pwsh.ps1)
        $script = Join-Path $root build.ps1
        function Invoke-Build([string[]] $Arguments, [hashtable] $Environment = @{}) { Invoke-Pwsh -Arguments (@('-File', $script) + $Arguments) -Environment $Environment }
    }

    It 'has help with examples' {
        $help = Get-Help $script -Full

        $help.Synopsis | Should -Be 'Builds, tests, packs and releases FanOut: a front door to dotnet.'
        @($help.Examples.Example).Count | Should -BeGreaterThan 1
        $help.Parameters.Parameter | Where-Object Name -EQ Task | ForEach-Object { $_.Description.Text } | Should -Not -BeNullOrEmpty
    }

    It 'says what <_> does, and completes its name' -ForEach $tasks {
        (Get-Help $script -Parameter Task).Description.Text -join "`n" | Should -MatchExactly "(?m)^${_}: "
        $line = "$script -Task $_"
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Contain $_
    }

    It 'does the tasks in the order in which they are given' {
        $result = Invoke-Build '-Task', 'Quickstart,Linkers,Publish,Package, Test,Gate,Clean,Build,Pester', '-WhatIf'

        $result.ExitCode | Should -Be 0
        $done = $result.Output -replace '^What if: Performing the operation "(.+)" on target "(.+)"\.$', '$1 $2' -replace [regex]::Escape(" $root"), ''
        $done[0..5] | Should -Be @(
            'dotnet run --project src/FanOut.Quickstart'
            'bash .ci/linkers'
            'dotnet build src/FanOut.Module -c Release -t:PublishFunction'
            'dotnet pack src/FanOut.Module'
            'dotnet test FanOut.slnx'
            'bash .ci/run'
        )
        $done[6] | Should -Be 'Remove Directory/artifacts'
        $done | Select-Object -Last 5 | Should -Be @(
            'dotnet build FanOut.slnx'
            'dotnet tool restore'
            'dotnet build tests/FanOut.Pester'
            Get-ChildItem -Path (Join-Path $root artifacts modules Pester) | ForEach-Object { "dotnet pwsh -NoProfile -File tests/Pester.ps1 -Version $($_.Name)" }
        )
    }

    It 'does nothing where it does not know a task' {
        $result = Invoke-Build '-Task', 'Clean,Bild'

        $result.ExitCode | Should -Be 1
        $result.Output | Should -Be "build.ps1: There is no task 'Bild': there are $($tasks -join ', ')."
    }

    It 'takes the version of everything from the manifest' {
        $manifest = Join-Path $TestDrive FanOut.psd1
        Set-Content -Path $manifest -Value "@{", "    ModuleVersion = '3.1.0'", "    # Prerelease = 'none'", "    Prerelease    = 'rc2'", "    ProjectUri = 'https://example.org/fanout'", "}"
        $of = { dotnet msbuild (Join-Path $root src FanOut) -getProperty:Version "-p:ModuleManifest=$args" }

        & $of $manifest | Should -Be '3.1.0-rc2'
        (Get-Content $manifest) -notmatch 'rc2' | Set-Content $manifest
        & $of $manifest | Should -Be '3.1.0'
    }

    It 'fails where dotnet fails' {
        $result = Invoke-Build '-Task', 'Package,Quickstart' -Environment @{ MSBuildSDKsPath = '/nowhere' }

        $result.ExitCode | Should -Be 1
        $result.Output[-1] | Should -Be "build.ps1: 'dotnet pack src/FanOut.Module' ended with exit code 1."
    }

    It 'cleans what builds make, and nothing else' {
        $clone = New-Item -ItemType Directory -Path (Join-Path $TestDrive clone)
        $made = 'artifacts/bin/a.dll', 'bin/FanOut.dll', 'bin/function/a.zip', 'en-US/FanOut.dll-Help.xml'
        $kept = 'build.ps1', 'en-US/about_FanOut.help.txt', 'src/a.cs'
        $made + $kept | ForEach-Object { $null = New-Item -Path (Join-Path $clone $_) -Force }
        Copy-Item -Path $script -Destination $clone

        & (Join-Path $clone build.ps1) -Task Clean

        Get-ChildItem -Path $clone -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($clone, $_).Replace('\', '/') } | Sort-Object | Should -Be $kept
    }
}

Describe 'build.ps1 of a release' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Pwsh.ps1)

        # A repository of version 2.0.0-rc1 with all that a release needs, in which the packages are only names.
        function New-Clone {
            $clone = New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))
            $packages = New-Item -ItemType Directory -Path (Join-Path $clone artifacts package)
            Copy-Item -Path (Join-Path $root build.ps1) -Destination $clone
            Set-Content -Path (Join-Path $clone FanOut.psd1) -Value "@{ ModuleVersion = '2.0.0'; PrivateData = @{ PSData = @{ Prerelease = 'rc1'; ProjectUri = 'https://example.org/fanout' } } }"
            Set-Content -Path (Join-Path $clone CHANGELOG.md) -Value '# Changelog', '', '## 2.0.0-rc1', '', '- All.'
            'FanOut.2.0.0-rc1.symbols.zip', 'FanOut.2.0.0-rc1.cdx.json', 'fanout-dotnet10.zip', 'fanout-linux-arm64.zip', 'fanout-linux-x64.zip' | ForEach-Object { Set-Content -Path (Join-Path $packages $_) -Value $_ }
            $zip = [IO.Compression.ZipFile]::Open((Join-Path $packages FanOut.2.0.0-rc1.nupkg), 'Create')
            $writer = [IO.StreamWriter]::new($zip.CreateEntry('FanOut.nuspec').Open())
            $writer.Write('<package><metadata><releaseNotes>- All of it.</releaseNotes></metadata></package>')
            $writer.Dispose()
            $zip.Dispose()
            Set-Content -Path (Join-Path $packages SHA256SUMS) -Value (Get-ChildItem -Path $packages | ForEach-Object { "$((Get-FileHash $_).Hash.ToLower())  $($_.Name)" })
            "$clone"
        }

        function Invoke-Build([string] $Clone, [string[]] $Arguments, [hashtable] $Environment = @{}) {
            Invoke-Pwsh -Arguments (@('-File', (Join-Path $Clone build.ps1), '-Task') + $Arguments) -Environment $Environment
        }
    }

    It 'agrees to what is ready' {
        $result = Invoke-Build (New-Clone) 'CheckRelease,CheckPackage', '-Tag', 'v2.0.0-rc1'

        $result.Output | Should -BeNullOrEmpty
        $result.ExitCode | Should -Be 0
    }

    It 'says all that keeps sources from being released' {
        $clone = New-Clone
        (Get-Content (Join-Path $clone FanOut.psd1)) -replace 'example.org', 'example.com' | Set-Content (Join-Path $clone FanOut.psd1)
        Set-Content -Path (Join-Path $clone CHANGELOG.md) -Value '## Unreleased', '', '- All.'

        $result = Invoke-Build $clone 'CheckRelease', '-Tag', 'v2.0.0'

        $result.ExitCode | Should -Be 1
        $result.Output | Should -Be ("build.ps1: This cannot be released: the tag is 'v2.0.0', and FanOut.psd1 says 2.0.0-rc1, whose tag is v2.0.0-rc1; CHANGELOG.md has no section '## 2.0.0-rc1'; " +
            "ProjectUri in FanOut.psd1 is https://example.com/fanout, not the repository's address.")
    }

    It 'says what a package lacks' {
        $clone = New-Clone
        Remove-Item -Path (Join-Path $clone artifacts package fanout-linux-arm64.zip), (Join-Path $clone artifacts package FanOut.2.0.0-rc1.cdx.json)

        (Invoke-Build $clone 'CheckPackage').Output | Should -Match '^build\.ps1: artifacts/package lacks FanOut\.2\.0\.0-rc1\.cdx\.json, fanout-linux-arm64\.zip: '
    }

    It 'says what has changed since it was packed' {
        $clone = New-Clone
        Set-Content -Path (Join-Path $clone artifacts package fanout-linux-x64.zip) -Value 'another'

        $result = Invoke-Build $clone 'CheckPackage'
        $result.ExitCode | Should -Be 1
        $result.Output | Should -Be 'build.ps1: artifacts/package/fanout-linux-x64.zip is not what SHA256SUMS says.'
    }

    It 'makes the release with all files, and with the notes of its version' -Skip:$IsWindows {
        $clone = New-Clone
        $programs = New-Item -ItemType Directory -Path (Join-Path $clone programs)
        Set-Content -Path (Join-Path $programs gh) -Value '#!/bin/sh', 'echo "$@"', 'cat artifacts/release-notes.md'
        chmod +x (Join-Path $programs gh)

        $result = Invoke-Build $clone 'Release', '-Tag', 'v2.0.0-rc1' -Environment @{ PATH = "$programs$([IO.Path]::PathSeparator)$env:PATH" }

        $result.ExitCode | Should -Be 0 -Because ($result.Output -join "`n")
        $result.Output[0] | Should -BeLike 'release create v2.0.0-rc1 --verify-tag --title v2.0.0-rc1 --notes-file artifacts/release-notes.md --prerelease artifacts/package/*'
        $result.Output[0].Split(' ') | Where-Object { $_ -like 'artifacts/package/*' } | Split-Path -Leaf | Sort-Object |
            Should -Be (Get-ChildItem -Path (Join-Path $clone artifacts package)).Name
        $result.Output[1] | Should -Be '- All of it.'
    }

    It 'makes no release of what is not ready' {
        $clone = New-Clone
        Remove-Item -Path (Join-Path $clone artifacts package FanOut.2.0.0-rc1.cdx.json)

        (Invoke-Build $clone 'Release', '-Tag', 'v2.0.0-rc1').ExitCode | Should -Be 1
        (Invoke-Build $clone 'Release', '-Tag', 'v1.0.0').ExitCode | Should -Be 1
    }

    It 'tests the package in the PowerShell that is named' {
        $result = Invoke-Build (New-Clone) 'TestPackage', '-PowerShell', '7.4.13', '-WhatIf'

        $result.Output -replace '^What if: Performing the operation "(.+)" on target "(.+)"\.$', '$1' | Should -HaveCount 5
        $result.Output[2] | Should -Match 'dotnet tool install PowerShell --version 7\.4\.13 --tool-path artifacts/pwsh/7\.4\.13'
        $result.Output[3] | Should -Match 'artifacts/pwsh/7\.4\.13/pwsh -NoProfile -File tests/InstallPackage\.ps1 -Version 2\.0\.0-rc1'
        $result.Output[4] | Should -Match 'artifacts/pwsh/7\.4\.13/pwsh -NoProfile -File tests/Pester\.ps1 -Module artifacts/installed/FanOut'
    }
}
