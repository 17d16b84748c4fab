# One thing has one word: in parameters, properties, tables and help. Names that a thing had before go on working in scripts.
Describe 'The names of FanOut' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $earlier = 'Active', 'ActiveTargets', 'Disabled', 'Kind', 'Memory'
        $cmdlets = Get-Command -Module FanOut
    }
    AfterAll { Stop-Cloud }
    BeforeEach { Clear-Target }

    It 'are not the earlier ones in parameters, properties and help' {
        $cmdlets.Parameters.Values.Name | Where-Object { $_ -in $earlier } | Should -BeNullOrEmpty
        $cmdlets.OutputType.Type | ForEach-Object GetProperties | Where-Object { $_.Name -in $earlier -and -not $_.GetCustomAttributes([Management.Automation.HiddenAttribute], $false) } |
            Should -BeNullOrEmpty
        $help = Get-ChildItem -Path (Join-Path $root en-US), (Join-Path $root docs cmdlets) -File
        $help | Select-String 'inactive|activate|table of targets|(?<!\w)-(Active|Kind|Memory|Disabled)\b' | Should -BeNullOrEmpty
    }

    It 'are the same for what a target is registered with and what it is shown with' {
        $parameters = (Get-Command Register-FanOutTarget).Parameters
        $shown = (Register-FanOutTarget sqs copy $archive -SourceArn $orders).PSObject.Properties.Name
        $shown | Where-Object { -not $parameters.ContainsKey($_) } | Should -Be 'State', 'Problem'
    }

    It 'that a target had before work in a script' {
        (Register-FanOutTarget sqs copy $archive -SourceArn $orders -Active).Active | Should -BeTrue
        (Get-FanOutTarget | Set-FanOutTarget -Active:$false -PassThru | Where-Object { -not $_.Active }).Id | Should -Be 'copy'
        (Get-FanOutSource orders).ActiveTargets | Should -Be 0
        (Get-FanOutFunction fanout).ActiveTargets | Should -Be 0
        "Id,Type,Destination,SourceArn,Active`ncopy,sqs,$archive,$orders,true`nnew,sqs,$archive,$orders," | ConvertFrom-Csv |
            Register-FanOutTarget -Force | ForEach-Object Enabled | Should -Be $true, $false
        # An empty field says nothing: what is there stays as it is.
        "Id,Type,Destination,SourceArn,Active`ncopy,sqs,$archive,$orders," | ConvertFrom-Csv | Register-FanOutTarget | ForEach-Object Enabled | Should -BeTrue
    }

    It 'that a target had before do not come out beside the new ones' {
        $target = Register-FanOutTarget sqs copy $archive -SourceArn $orders -Enabled
        ($target | ConvertTo-Csv)[0] | Should -Not -Match 'Active'
        ($target | Select-Object -Property *).PSObject.Properties.Name | Should -Not -Contain 'Active'
        ($target | Format-List -Property * | Out-String) | Should -Not -Match 'Active'
        # Whoever edits the one in a file has said so: the earlier one must not speak against it.
        $json = $target | ConvertTo-Json | ConvertFrom-Json
        $json.Enabled = $false
        ($json | Register-FanOutTarget -Force).Enabled | Should -BeFalse
    }

    It 'that other things had before work in a script' {
        (Get-FanOutPolicy -Kind ExecutionRole).Kind | Should -Be 'ExecutionRole'
        $package = Join-Path $TestDrive bootstrap.zip
        New-FunctionPackage $package
        (Publish-FanOutFunction -FunctionName small -PackagePath $package -Memory 256 -SkipTest).MemorySize | Should -Be 256
        (Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Disabled -Wait).State | Should -Be 'Disabled'
    }
}
