BeforeDiscovery {
    $manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot .. FanOut.psd1)
    $cmdlets = $manifest.CmdletsToExport | ForEach-Object { @{ Cmdlet = $_ } }
}

Describe 'The module FanOut' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Module.ps1)
        $manifestPath = $manifest
        $exported = (Import-PowerShellDataFile $manifestPath).CmdletsToExport | Sort-Object
        Import-Module $manifestPath -Force
    }

    It 'has a valid manifest' {
        (Test-ModuleManifest $manifestPath).Name | Should -Be 'FanOut'
    }

    It 'exports the cmdlets of its manifest, and nothing else' {
        $module = Get-Module FanOut
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be $exported
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'exports them again after a reload' {
        Import-Module $manifestPath -Force
        Import-Module $manifestPath -Force
        (Get-Command -Module FanOut).Name | Sort-Object | Should -Be $exported
    }

    It 'goes when it is removed, and comes back' {
        Remove-Module FanOut
        Get-Command -Module FanOut | Should -BeNullOrEmpty
        Import-Module $manifestPath
        (Get-Command -Module FanOut).Name | Sort-Object | Should -Be $exported
    }

    It 'uses approved verbs and one noun prefix' {
        $verbs = (Get-Verb).Verb
        Get-Command -Module FanOut | Where-Object { $_.Verb -notin $verbs -or $_.Noun -notlike 'FanOut*' } | Should -BeNullOrEmpty
    }

    It 'has a file of tests for <Cmdlet>' -ForEach $cmdlets {
        Join-Path $PSScriptRoot "$Cmdlet.Tests.ps1" | Should -Exist
    }

    It 'keeps its AWSSDK to itself' {
        [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -like 'AWSSDK*' } | Should -BeNullOrEmpty
    }

    It 'shows no type of the AWSSDK in <Cmdlet>' -ForEach $cmdlets {
        $command = Get-Command $Cmdlet
        $types = @($command.Parameters.Values.ParameterType) + @($command.OutputType.Type)
        $types | Where-Object { $_ -and $_.Assembly.GetName().Name -like 'AWSSDK*' } | Should -BeNullOrEmpty
    }
}
