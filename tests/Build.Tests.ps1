BeforeDiscovery {
    $tasks = 'Clean', 'Build', 'Test', 'Pester', 'Publish', 'Package', 'Quickstart'
}

Describe 'build.ps1' -ForEach @{ Tasks = $tasks } {
    BeforeAll {
        . (Join-Path $PSScriptRoot Pwsh.ps1)
        $script = Join-Path $root build.ps1
        function Invoke-Build([string[]] $Arguments, [hashtable] $Environment = @{}) { Invoke-Pwsh -Arguments (@('-File', $script) + $Arguments) -Environment $Environment }
    }

    It 'has help with examples' {
        $help = Get-Help $script -Full

        $help.Synopsis | Should -Be 'Builds, tests and packs FanOut: a front door to dotnet.'
        @($help.Examples.Example).Count | Should -BeGreaterThan 1
        $help.Parameters.Parameter | Where-Object Name -EQ Task | ForEach-Object { $_.Description.Text } | Should -Not -BeNullOrEmpty
    }

    It 'says what <_> does, and completes its name' -ForEach $tasks {
        (Get-Help $script -Parameter Task).Description.Text -join "`n" | Should -MatchExactly "(?m)^${_}: "
        $line = "$script -Task $_"
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Contain $_
    }

    It 'does the tasks in the order in which they are given' {
        $result = Invoke-Build '-Task', 'Quickstart,Publish,Package, Test,Clean,Build,Pester', '-WhatIf'

        $result.ExitCode | Should -Be 0
        $done = $result.Output -replace '^What if: Performing the operation "(.+)" on target "(.+)"\.$', '$1 $2' -replace [regex]::Escape(" $root"), ''
        $done[0..3] | Should -Be @(
            'dotnet run --project src/FanOut.Quickstart'
            'dotnet build src/FanOut.Module -c Release -t:PublishFunction'
            'dotnet pack src/FanOut.Module'
            'dotnet test FanOut.slnx'
        )
        $done[4] | Should -Be 'Remove Directory/artifacts'
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
