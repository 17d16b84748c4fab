# The conventions of cmdlets that PSScriptAnalyzer checks of functions, and those of
# https://learn.microsoft.com/powershell/scripting/developer/cmdlet/cmdlet-development-guidelines
BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile (Join-Path $PSScriptRoot .. FanOut.psd1)).CmdletsToExport
    $folders = '', 'tests', 'docs', 'docs/ci', 'docs/samples', 'actions/setup' | ForEach-Object { Join-Path $PSScriptRoot .. $_ }
    $scripts = Get-ChildItem -Path $folders -File |
        Where-Object Extension -In .ps1, .psm1, .psd1 | Sort-Object FullName -Unique
}

Describe 'The cmdlet <_>' -ForEach $cmdlets {
    BeforeAll {
        . (Join-Path $PSScriptRoot Module.ps1)
        Import-Module $manifest
        $command = Get-Command $_
        $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
        $parameters = $command.Parameters.Values | Where-Object Name -NotIn $common
    }

    It 'has an approved verb and a singular noun' {
        $command.Verb | Should -BeIn (Get-Verb).Verb
        $command.Noun | Should -Match '^FanOut([A-Z][a-z]+)+$'
        $command.Noun | Should -Not -Match '[^s]s$'
    }

    It 'says what it outputs' { $command.OutputType | Should -Not -BeNullOrEmpty }

    It 'asks before it changes anything, unless it only reads' {
        # Test-FanOutTarget -Send sends a record.
        $command.Parameters.ContainsKey('WhatIf') -and $command.Parameters.ContainsKey('Confirm') | Should -Be ($command.Verb -ne 'Get')
    }

    It 'has parameters in Pascal case, whose names are not plural' {
        $parameters.Name | Where-Object { $_ -cnotmatch '^[A-Z][A-Za-z]+$' } | Should -BeNullOrEmpty
        # Units and retry attempts as AWS names them; what a switch adds or removes; a word that has no singular here.
        $plural = 'LogRetentionDays', 'MaxBatchBytes', 'MaxItemBytes', 'MaximumRetryAttempts', 'AppendNewlines', 'IncludeLogs', 'Metrics', 'Alias'
        $parameters.Name | Where-Object { $_ -match '[^s]s$' -and $_ -notin $plural } | Should -BeNullOrEmpty
    }

    It 'gives no name to two parameters' {
        $names = @($parameters.Name) + @($parameters.Aliases)
        $names | Group-Object | Where-Object Count -GT 1 | Should -BeNullOrEmpty
        $taken = $common + @($common | ForEach-Object { $command.Parameters[$_].Aliases })
        $names | Where-Object { $_ -in $taken } | Should -BeNullOrEmpty
    }

    It 'counts positions from 0, without a gap, what must be given first, and never a switch' {
        foreach ($set in $command.ParameterSets) {
            $positional = @($set.Parameters | Where-Object Position -GE 0 | Sort-Object -Property Position)
            if ($positional) { $positional.Position | Should -Be (0..($positional.Count - 1)) -Because "-$($positional.Name -join ', -') are positional in the set $($set.Name)" }
            $positional.Count | Should -BeLessOrEqual 3
            $mandatory = @($positional.IsMandatory)
            $mandatory | Should -Be ($mandatory | Sort-Object -Descending)
            $positional | Where-Object { $_.ParameterType -eq [switch] } | Should -BeNullOrEmpty
        }
    }

    It 'has a default set of parameters where it has several' {
        if ($command.ParameterSets.Count -gt 1) { $command.DefaultParameterSet | Should -BeIn $command.ParameterSets.Name }
    }

    It 'has switches that are off, but for two that are a decision' {
        # -Parallel:$false and -Wait:$false are for those who know why; a new switch must be off.
        $defaults = [Activator]::CreateInstance($command.ImplementingType)
        $on = $parameters | Where-Object { $_.ParameterType -eq [switch] -and $defaults.($_.Name) } | ForEach-Object Name
        $on | Where-Object { $_ -notin 'Parallel', 'Wait' } | Should -BeNullOrEmpty
    }

    It 'names no class as its type that only other modules have' {
        $parameters.ParameterType + $command.OutputType.Type | Where-Object { $_ } | ForEach-Object { ($_.IsArray ? $_.GetElementType() : $_) } |
            ForEach-Object { [Nullable]::GetUnderlyingType($_) ?? $_ } | ForEach-Object FullName | Sort-Object -Unique |
            Should -Match '^(System\.|FanOut\.)'
    }
}

Describe 'The script <_.Name>' -ForEach $scripts {
    BeforeAll {
        $errors = $null
        $ast = [Management.Automation.Language.Parser]::ParseFile($_.FullName, [ref]$null, [ref]$errors)
        $calls = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
    }

    It 'can be read' { $errors | Should -BeNullOrEmpty }

    It 'calls commands by their names, and builds no code of texts' {
        $names = $calls | ForEach-Object GetCommandName | Where-Object { $_ }
        $names | Where-Object { Get-Alias -Name $_ -ErrorAction Ignore } | Should -BeNullOrEmpty
        $names | Where-Object { $_ -eq 'Invoke-Expression' } | Should -BeNullOrEmpty
    }

    It 'names its functions by approved verbs' {
        $functions = $ast.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] -and $args[0].Name -match '-' }, $true)
        $functions | Where-Object { ($_.Name -split '-')[0] -notin (Get-Verb).Verb } | ForEach-Object Name | Should -BeNullOrEmpty
    }
}
