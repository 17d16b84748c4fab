BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile (Join-Path $PSScriptRoot .. FanOut.psd1)).CmdletsToExport
}

Describe 'Get-Help <_>' -ForEach $cmdlets {
    BeforeAll {
        . (Join-Path $PSScriptRoot Module.ps1)
        Import-Module $manifest
        $command = Get-Command $_
        $help = Get-Help $_ -Full
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
    }

    It 'says what it does' {
        # Without help of its own PowerShell shows a cmdlet's syntax here.
        $help.Synopsis | Should -Match '^[A-Z].+\.$'
        $help.Description.Text -join '' | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        $parameters = $command.Parameters.Keys | Where-Object { $_ -notin $common }
        $help.Parameters.Parameter.Name | Sort-Object | Should -Be ($parameters | Sort-Object)
        foreach ($parameter in $help.Parameters.Parameter) {
            $parameter.Description.Text -join '' | Should -Not -BeNullOrEmpty -Because "-$($parameter.Name) needs a description"
        }
    }

    It 'has examples that PowerShell can read, with a word on each' {
        @($help.Examples.Example).Count | Should -BeGreaterThan 1
        foreach ($example in $help.Examples.Example) {
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($example.Code, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty -Because $example.Code
            $example.Remarks.Text -join '' | Should -Not -BeNullOrEmpty -Because $example.Code
        }
    }

    It 'leads to what is there' {
        $links = @($help.RelatedLinks.NavigationLink.LinkText)
        $links | Should -Contain 'about_FanOut'
        foreach ($link in $links -like '*-*') { Get-Command $link -Module FanOut | Should -Not -BeNullOrEmpty }
    }

    It 'shows it as text' {
        $text = Get-Help $command.Name | Out-String -Width 80
        foreach ($heading in 'NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'RELATED LINKS') { $text | Should -MatchExactly "(?m)^$heading\s*$" }
        Get-Help $command.Name -Examples | Out-String -Width 80 | Should -Match ([regex]::Escape($command.Name))
        Get-Help $command.Name -Parameter Region | Out-String -Width 80 | Should -Match '^\s*-Region <String>'
    }
}

Describe 'Get-Help -Online' {
    It 'opens the page of each cmdlet' -Skip:(-not $IsLinux) {
        . (Join-Path $PSScriptRoot Pwsh.ps1)
        # .NET opens addresses by this program, if it is there.
        $browser = New-Item -ItemType File -Path (Join-Path $TestDrive xdg-open) -Value "#!/bin/sh`necho `"`$1`" >> '$TestDrive/opened'`n"
        chmod +x $browser.FullName
        $names = (Import-PowerShellDataFile $manifest).CmdletsToExport
        $project = (Import-PowerShellDataFile $manifest).PrivateData.PSData.ProjectUri

        $run = Invoke-Pwsh "Import-Module '$manifest'; '$($names -join "','")' | ForEach-Object { Get-Help `$_ -Online }" `
            -Environment @{ PATH = $TestDrive.ToString() + [IO.Path]::PathSeparator + $env:PATH }

        $run.Output | Should -BeNullOrEmpty
        $patience = [Diagnostics.Stopwatch]::StartNew()
        do {
            Start-Sleep -Milliseconds 50
            $opened = @(Get-Content "$TestDrive/opened" -ErrorAction Ignore)
        } while ($opened.Count -lt $names.Count -and $patience.Elapsed.TotalSeconds -lt 30)
        # Each is a process of its own: their order is not the cmdlets'.
        $opened | Sort-Object | Should -Be ($names | ForEach-Object { "$project/blob/main/docs/cmdlets/$_.md" } | Sort-Object)
        foreach ($name in $names) { Join-Path $root docs cmdlets "$name.md" | Should -Exist }
    }
}

Describe 'Update-Help' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Pwsh.ps1)
        # A folder without help in the place of the web: for each module that has an address for its help, an error names it.
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive help)
        $source = "-UICulture en-US -SourcePath '$folder' -Force -ErrorAction SilentlyContinue -ErrorVariable failed; `$failed | ForEach-Object { `"`$_`" }"
    }

    It 'leaves the module alone, whose help is in its package' {
        $run = Invoke-Pwsh "Import-Module '$manifest'; Update-Help $source"

        $run.Output -join ' ' | Should -Match 'PSReadLine'
        $run.Output -join ' ' | Should -Not -Match 'FanOut'
    }

    It 'says where to look when it is asked for this module' {
        $run = Invoke-Pwsh "Import-Module '$manifest'; Update-Help FanOut $source"

        $run.Output -join ' ' | Should -Match 'does not support updatable help\. Use Get-Help -Online'
    }
}

Describe 'Get-Help about_FanOut' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Module.ps1)
        Import-Module $manifest
    }

    It 'fits 80 columns' {
        $lines = (Get-Help about_FanOut) -split '\r?\n'
        $lines.Count | Should -BeGreaterThan 20
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}

Describe 'Get-Help <_>' -ForEach 'build.ps1', 'docs/quickstart.ps1', 'tests/Pester.ps1', 'tests/InstallPackage.ps1' {
    It 'shows the help of the script' {
        $help = Get-Help (Join-Path $PSScriptRoot .. $_) -Full

        $help.Synopsis | Should -Match '^[A-Z].+\.$'
        foreach ($parameter in $help.Parameters.Parameter | Where-Object Name -NotIn WhatIf, Confirm) {
            $parameter.Description.Text -join '' | Should -Not -BeNullOrEmpty -Because "-$($parameter.Name) needs a description"
        }
    }
}
