Describe 'Export-FanOutTarget' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -WarningAction Ignore
        $null = Register-FanOutTarget sqs archive $archive -SourceArn $orders -Enabled -Filter @{ data = @{ total = @(1) } }
        $file = Join-Path $TestDrive fanout.json
    }
    AfterAll { Stop-Cloud }

    It 'outputs the state of what is there, and changes nothing' {
        Clear-Call
        $state = Export-FanOutTarget | ConvertFrom-Json -AsHashtable
        @(Get-Change).Count | Should -Be 0

        $state.Function.FunctionName | Should -Be 'fanout'
        $state.Sources.Source | Should -Be 'orders'
        $state.Targets.Id | Should -Be 'archive'
        $state.Targets.Filter.data.total | Should -Be 1
    }

    It 'writes a file that an editor can check, which says the same' {
        Export-FanOutTarget $file | Should -BeNullOrEmpty
        (Get-Content -Raw $file).TrimEnd() | Should -Be (Export-FanOutTarget)
        Test-Json -Path $file -SchemaFile (Join-Path $root FanOut.schema.json) | Should -BeTrue
        Sync-FanOutTarget $file -WhatIf | Where-Object ItemType -NE Function | ForEach-Object Action | Sort-Object -Unique | Should -Be 'Unchanged'
    }

    It 'keeps a file with -NoClobber, writes none with -WhatIf, and no data file' {
        { Export-FanOutTarget $file -NoClobber -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,FanOut.Commands.ExportFanOutTargetCommand'
        Export-FanOutTarget (Join-Path $TestDrive other.json) -WhatIf
        Join-Path $TestDrive other.json | Should -Not -Exist
        { Export-FanOutTarget (Join-Path $TestDrive fanout.psd1) -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,*'
    }
}
