Describe 'Sync-FanOutTarget' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $file = Join-Path $TestDrive fanout.json
        function Set-State([object[]] $Target) { ConvertTo-Json -Depth 9 -InputObject @{ Sources = @(@{ SourceArn = $orders; OnFailureDestination = $archive }); Targets = $Target } | Set-Content -Path $file }
        function Get-Line { ($input | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ } | ForEach-Object TrimEnd }
    }
    AfterAll { Stop-Cloud }

    It 'makes what is missing, and nothing a second time' {
        Set-State @{ Id = 'one'; Type = 'sqs'; Destination = $archive }, @{ Id = 'two'; Type = 'sqs'; Destination = 'archive'; Enabled = $false }
        Sync-FanOutTarget $file | Should -BeNullOrEmpty
        (Get-Row).id.S | Sort-Object | Should -Be 'one', 'two'
        (Get-FanOutSource).State | Should -Be 'Enabled'

        Clear-Call
        Sync-FanOutTarget $file 6>&1 | Out-String | Should -Match 'fanout in us-east-1 is as it is to be: .* Nothing was written'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'shows the plan as a table with signs, in 80 columns' {
        Set-State @{ Id = 'one'; Type = 'sqs'; Destination = $archive; Collapse = 'none' }, @{ Id = 'three'; Type = 'sqs'; Destination = $archive }
        Clear-Call
        $lines = Sync-FanOutTarget $file -Prune -WhatIf | Get-Line
        $lines[0] | Should -Be '   Function: fanout in us-east-1'
        $lines[1] | Should -Match '^Action +ItemType +Id +What'
        $lines | Should -Contain '~ Change    Target   one                  Collapse JSON → none'
        $lines | Should -Contain '- Remove    Target   two'
        $lines | Should -Contain '= Unchanged Source   orders'
        $lines -match '^\+ Create    Target   three +Type sqs, Destination' | Should -HaveCount 1
        ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
        Get-Change | Should -BeNullOrEmpty
    }

    It 'does it, and tells what it has done with -PassThru' {
        $done = Sync-FanOutTarget $file -Prune -Confirm:$false -PassThru
        $done | ForEach-Object { "$_ $($_.Result)" } | Should -Be 'Change Target one Done', 'Create Target three Done', 'Remove Target two Done'
        $done[0].Attributes.Name | Should -Be 'Collapse'
        (Get-Row).id.S | Sort-Object | Should -Be 'one', 'three'
    }

    It 'names each fault of a file with its line, and changes nothing' {
        Set-Content -Path $file -Value "{`n  `"Targets`": [ { `"Id`": `"x`", `"Typ`": `"sqs`" } ]`n}"
        Clear-Call
        $failed = { Sync-FanOutTarget $file -ErrorAction Stop } | Should -Throw -ErrorId 'StateInvalid,FanOut.Commands.SyncFanOutTargetCommand' -PassThru
        $failed.Exception.Message | Should -BeLike "*line 2, Targets``[0``].Typ: There is no 'Typ'; is Type meant?*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'fills places from -Parameter and the environment' {
        Set-State @{ Id = '${param:name}'; Type = 'sqs'; Destination = '${env:FANOUT_TEST_QUEUE}' }
        $env:FANOUT_TEST_QUEUE = 'archive'
        (Sync-FanOutTarget $file -Parameter @{ name = 'four' } -WhatIf | Where-Object Action -EQ Create).Id | Should -Be 'four'
        $env:FANOUT_TEST_QUEUE = $null
        { Sync-FanOutTarget $file -Parameter @{ name = 'four' } -ErrorAction Stop } | Should -Throw -ErrorId 'StateInvalid,*'
    }

    It 'takes the targets of a list' {
        @"
Id,Type,Destination
five,sqs,archive
"@ | ConvertFrom-Csv | Sync-FanOutTarget -SourceArn $orders -Prune -Confirm:$false
        (Get-Row).id.S | Should -Be 'five'
    }
}
