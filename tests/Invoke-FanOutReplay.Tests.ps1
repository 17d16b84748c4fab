Describe 'Invoke-FanOutReplay' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders -Collapse none
        $stream = $cloud.Kinesis.Find('orders')
        1..20 | ForEach-Object { $null = $stream.Put("key $_", [Text.Encoding]::UTF8.GetBytes("{`"n`":$_}")) }
    }
    AfterAll { Stop-Cloud }

    It 'estimates first, and sends nothing' {
        $estimate = Invoke-FanOutReplay copy -SourceArn $orders -From TrimHorizon -WhatIf
        $estimate.State | Should -Be 'Estimated'
        $estimate.Records | Should -Be 20
        $cloud.Sqs.Received.Count | Should -Be 0
    }

    It 'sends what the stream holds, and once where it is run again' {
        $file = Join-Path $TestDrive copy.json
        1..2 | ForEach-Object { Invoke-FanOutReplay copy -SourceArn $orders -From TrimHorizon -Checkpoint $file } | ForEach-Object State | Should -Be 'Complete', 'Complete'
        $cloud.Sqs.Received | ForEach-Object Text | ForEach-Object { ($_ | ConvertFrom-Json).n } | Sort-Object | Should -Be (1..20)
        Get-ChildItem $TestDrive | ForEach-Object Name | Should -Be 'copy.json'
    }

    It 'is a table' {
        $table = Get-FanOutTarget copy | Invoke-FanOutReplay -From (Get-Date).AddMinutes(-5) | Out-String -Width 80
        $table | Should -Match 'Source: arn:aws:kinesis'
        $table | Should -Match 'copy +Complete +20 records: 20 delivered'
    }
}
