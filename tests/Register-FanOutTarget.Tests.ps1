Describe 'Register-FanOutTarget' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }
    BeforeEach { Clear-Target; Clear-Call }

    It 'looks a name up and writes an inactive target' {
        $target = Register-FanOutTarget sqs copy archive -Source orders -SourceType Kinesis

        $target.State | Should -Be 'Inactive'
        $target.SourceArn | Should -Be $orders
        (Get-Row copy).destination.S | Should -Match '/123456789012/archive$'
        (Get-Row copy).active.BOOL | Should -BeFalse
    }

    It 'takes objects from the pipeline' {
        'a', 'b' | ForEach-Object { [pscustomobject]@{ Id = $_; Destination = "$archive-$_"; Active = 'true' } } | Register-FanOutTarget -Type sqs -SourceArn $orders

        (Get-Row).id.S | Sort-Object | Should -Be 'a', 'b'
        (Get-Row).active.BOOL | Should -Be $true, $true
    }

    It 'leaves a target alone that is there, unless -Force is given' {
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders

        { Register-FanOutTarget sqs copy "$archive-2" -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'TargetExists,FanOut.Commands.RegisterFanOutTargetCommand'
        (Get-Row copy).destination.S | Should -Be $archive
        $null = Register-FanOutTarget sqs copy "$archive-2" -SourceArn $orders -Force
        (Get-Row copy).destination.S | Should -Be "$archive-2"
    }

    It 'writes nothing when the same is registered again, and says so' {
        $first = Register-FanOutTarget sqs copy archive -Source orders -SourceType Kinesis -Collapse none
        Enable-FanOutTarget copy -SourceArn $orders
        Clear-Call

        $again = Register-FanOutTarget sqs copy archive -Source orders -SourceType Kinesis -Collapse none -Verbose 4>&1

        "$again" | Should -Match "The target 'copy' of $orders is unchanged"
        $target = $again | Where-Object Id
        $target.Destination | Should -Be $first.Destination
        $target.State | Should -Be 'Active'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'changes nothing under -WhatIf' {
        Register-FanOutTarget sqs copy $archive -SourceArn $orders -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'refuses a destination that is its own source' {
        { Register-FanOutTarget kinesis loop orders -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDestination,FanOut.Commands.RegisterFanOutTargetCommand'
    }

    It 'refuses the fan-out function as its own target' {
        { Register-FanOutTarget lambda loop 'arn:aws:lambda:us-east-1:123456789012:function:fanout:live' -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDestination,FanOut.Commands.RegisterFanOutTargetCommand'
    }

    It 'takes a filter as a hashtable and refuses what is no event pattern' {
        (Register-FanOutTarget sqs copy $archive -SourceArn $orders -Filter @{ data = @{ type = @('order') } }).Filter | Should -Be '{"data":{"type":["order"]}}'
        (Get-Row copy).filter.S | Should -Be '{"data":{"type":["order"]}}'
        { Register-FanOutTarget sqs other $archive -SourceArn $orders -Filter @{ data = @{ type = 'order' } } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,FanOut.Commands.RegisterFanOutTargetCommand'
    }

    It 'says that a name does not exist' {
        { Register-FanOutTarget sqs copy absent -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'DestinationNotFound,FanOut.Commands.RegisterFanOutTargetCommand'
    }
}
