BeforeDiscovery {
    $tasks = 'Clean', 'Build', 'Test', 'Pester', 'Package', 'Quickstart'
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
        $result = Invoke-Build '-Task', 'Quickstart,Package, Test,Clean,Build,Pester', '-WhatIf'

        $result.ExitCode | Should -Be 0
        $done = $result.Output -replace '^What if: Performing the operation "(.+)" on target "(.+)"\.$', '$1 $2' -replace [regex]::Escape(" $root"), ''
        $done[0..2] | Should -Be 'dotnet run --project src/FanOut.Quickstart', 'dotnet build src/FanOut.Help -c Release -t:Package', 'dotnet test FanOut.slnx'
        $done[3] | Should -Be 'Remove Directory/artifacts'
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
        $result.Output[-1] | Should -Be "build.ps1: 'dotnet build src/FanOut.Help -c Release -t:Package' ended with exit code 1."
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

Describe 'build.ps1 -Task Package' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        . (Join-Path $PSScriptRoot Pwsh.ps1)
        $version = (Import-PowerShellDataFile $manifest).ModuleVersion
        $modules = Join-Path $root artifacts module
        $folder = Join-Path $modules FanOut $version
        $result = Invoke-Pwsh -Arguments '-File', (Join-Path $root build.ps1), '-Task', 'Package'
        if ($result.ExitCode) { throw $result.Output -join "`n" }

        function Get-File([string] $Path) { Get-ChildItem -Path $Path -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($Path, $_).Replace('\', '/') } | Sort-Object }
    }
    AfterAll { Stop-Cloud }

    It 'lays what the module needs, and nothing else' {
        $expected = @(
            Get-ChildItem -Path (Join-Path $root bin) -Filter *.dll | ForEach-Object { "bin/$($_.Name)" }
            Get-ChildItem -Path (Join-Path $root bin function) -Filter *.zip -ErrorAction Ignore | ForEach-Object { "bin/function/$($_.Name)" }
            'en-US/about_FanOut.help.txt', 'en-US/FanOut.dll-Help.xml', 'FanOut.Format.ps1xml', 'FanOut.psd1', 'FanOut.psm1', 'LICENSE'
        )

        Get-File $folder | Should -Be ($expected | Sort-Object)
    }

    It 'lays a module that is loaded by the name of a cmdlet, and works' {
        $account = @{ AWS_ENDPOINT_URL = "$($cloud.Endpoint)"; AWS_REGION = 'us-east-1'; AWS_ACCESS_KEY_ID = 'AKIATESTSOFFANOUT000'; AWS_SECRET_ACCESS_KEY = 'secret' }
        $result = Invoke-Pwsh -Environment ($account + @{ PSModulePath = $modules }) -Script @'
            (Get-FanOutFunction).FunctionName
            (Get-Module FanOut).ModuleBase
            (Get-Help Get-FanOutFunction).Synopsis
            Get-Help about_FanOut | Out-String | ForEach-Object Length
'@

        $result.Output[0..1] | Should -Be 'fanout', $folder
        $result.Output[2] | Should -Match '^[A-Z].+\.$'
        [int]$result.Output[3] | Should -BeGreaterThan 1000
    }

    It 'lays it in the same bytes again' {
        $before = Get-ChildItem -Path $folder -Recurse -File | Get-FileHash
        (Invoke-Pwsh -Arguments '-File', (Join-Path $root build.ps1), '-Task', 'Package').ExitCode | Should -Be 0
        (Get-ChildItem -Path $folder -Recurse -File | Get-FileHash).Hash | Should -Be $before.Hash
    }
}
