<#
.SYNOPSIS
Runs tests/*.Tests.ps1 where there is no Pester: the part of Pester 5 that they use, as functions.
.DESCRIPTION
Writes a line per test. The exit code is the number of tests that failed.
#>
param([Parameter(Mandatory)] [string] $Folder)

# Names start with __ where a test's own variables could hide them: its blocks run in the scopes of these functions.
$__failed = 0
$__block = $null

function New-Block([string] $Name) {
    @{ Name = $Name; BeforeAll = @(); AfterAll = @(); BeforeEach = @(); Items = [System.Collections.Generic.List[object]]::new() }
}

function Describe([string] $Name, [scriptblock] $Fixture) {
    $outer = $script:__block
    $script:__block = New-Block $Name
    & $Fixture
    if ($outer) { $outer.Items.Add($script:__block) } else { $script:__root = $script:__block }
    $script:__block = $outer
}

Set-Alias Context Describe

function BeforeAll([scriptblock] $Body) { $script:__block.BeforeAll += $Body }
function AfterAll([scriptblock] $Body) { $script:__block.AfterAll += $Body }
function BeforeEach([scriptblock] $Body) { $script:__block.BeforeEach += $Body }

function BeforeDiscovery([scriptblock] $Body) {
    $__known = (Get-Variable -Scope 0).Name
    . $Body
    Get-Variable -Scope 0 | Where-Object { $_.Name -notin $__known -and $_.Name -ne '__known' } | ForEach-Object { Set-Variable -Name $_.Name -Value $_.Value -Scope 1 }
}

function It([string] $Name, [scriptblock] $Test, [Alias('ForEach')] [object[]] $TestCases) {
    foreach ($data in $TestCases ?? @(@{})) {
        $title = [regex]::Replace($Name, '<(\w+)>', { $data[$args[0].Groups[1].Value] })
        $script:__block.Items.Add(@{ Title = $title; Test = $Test; Data = $data })
    }
}

function Should {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] $Actual,
        [switch] $Not, $Be, [string] $Match, $Contain, $BeGreaterThan, [switch] $BeTrue, [switch] $BeFalse, [switch] $BeNullOrEmpty, [switch] $Throw,
        [string] $ErrorId, [string] $Because
    )
    begin { $all = [System.Collections.Generic.List[object]]::new() }
    process { if ($PSBoundParameters.ContainsKey('Actual')) { $all.Add($Actual) } }
    end {
        $asked = $PSBoundParameters
        if ($Throw) {
            $thrown = $null
            try { $null = & $all[0] } catch { $thrown = $_ }
            $holds = $null -ne $thrown -and (-not $ErrorId -or $thrown.FullyQualifiedErrorId -eq $ErrorId)
            $all = @($thrown.FullyQualifiedErrorId)
        }
        elseif ($asked.ContainsKey('Be')) {
            $expected = @($Be)
            $holds = $all.Count -eq $expected.Count -and @(for ($i = 0; $i -lt $expected.Count; $i++) { if ($all[$i] -ne $expected[$i]) { $i } }).Count -eq 0
        }
        elseif ($asked.ContainsKey('Match')) { $holds = $all.Count -gt 0 -and @($all | Where-Object { $_ -notmatch $Match }).Count -eq 0 }
        elseif ($asked.ContainsKey('Contain')) { $holds = $all -contains $Contain }
        elseif ($asked.ContainsKey('BeGreaterThan')) { $holds = $all[0] -gt $BeGreaterThan }
        elseif ($BeTrue) { $holds = [bool]$all[0] }
        elseif ($BeFalse) { $holds = -not $all[0] }
        elseif ($BeNullOrEmpty) { $holds = @($all | Where-Object { $null -ne $_ -and '' -ne $_ }).Count -eq 0 }
        else { throw 'Should was asked nothing that this shim knows.' }

        if ($holds -eq $Not) { throw "[$($all -join ', ')] should$(if ($Not) { ' not' }) $($asked.Keys | Where-Object { $_ -notin 'Actual', 'Not', 'Because' }) [$(@($Be) -join ', ')$Match$Contain$BeGreaterThan$ErrorId] $Because" }
    }
}

function Invoke-Test([hashtable] $__test, [scriptblock[]] $__beforeEach, [string] $__path) {
    try {
        foreach ($__key in $__test.Data.Keys) { Set-Variable -Name $__key -Value $__test.Data[$__key] }
        foreach ($__each in $__beforeEach) { $null = . $__each }
        $null = . $__test.Test
        "passed $__path $($__test.Title)"
    }
    catch {
        $script:__failed++
        "FAILED $__path $($__test.Title): $_ $($_.ScriptStackTrace)"
    }
}

function Invoke-Block([hashtable] $__run, [scriptblock[]] $__outerEach, [string] $__outerPath) {
    $__path = "$__outerPath$($__run.Name):"
    $__beforeEach = @($__outerEach) + $__run.BeforeEach
    try {
        foreach ($__all in $__run.BeforeAll) { $null = . $__all }
        foreach ($__item in $__run.Items) {
            if ($__item.Test) { Invoke-Test $__item $__beforeEach $__path } else { Invoke-Block $__item $__beforeEach "$__path " }
        }
    }
    catch {
        $script:__failed++
        "FAILED $__path $_ $($_.ScriptStackTrace)"
    }
    finally {
        foreach ($__all in $__run.AfterAll) { $null = . $__all }
    }
}

foreach ($__file in Get-ChildItem -Path $Folder -Filter *.Tests.ps1 | Sort-Object Name) {
    & {
        . $__file.FullName
        Invoke-Block $script:__root @() "$($__file.Name) "
    }
}

exit $__failed
