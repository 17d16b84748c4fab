Describe 'Get-FanOutPolicy' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = Register-FanOutTarget sqs archive $archive -SourceArn $orders -Enabled
        $null = Register-FanOutTarget kinesis copy 'arn:aws:kinesis:us-east-1:210987654321:stream/copy' -SourceArn $orders `
            -DestinationRoleArn 'arn:aws:iam::210987654321:role/writer' -ExternalId 'ext-1'
    }
    AfterAll { Stop-Cloud }

    It 'allows the function exactly its table, its targets and the roles it assumes' {
        $policy = (Get-FanOutPolicy -PolicyType ExecutionRole).Document | Out-String

        $policy | Should -Match 'sqs:SendMessage'
        $policy | Should -Match ([regex]::Escape($archive))
        $policy | Should -Match 'sts:AssumeRole'
        $policy | Should -Match 'arn:aws:iam::210987654321:role/writer'
        $policy | Should -Match 'table/fanoutTargets'
        ($policy -match 'kinesis:PutRecords') | Should -Be $false
    }

    It 'says what the other account has to allow, and whom it has to trust with which external id' {
        (Get-FanOutPolicy -PolicyType TargetRole).Document | Should -Match 'kinesis:PutRecords'
        (Get-FanOutPolicy -PolicyType Trust | Where-Object RoleArn -like '*:210987654321:*').Document | Should -Match 'ext-1'
    }

    It 'changes nothing' {
        Clear-Call
        $null = Get-FanOutPolicy
        @(Get-Change).Count | Should -Be 0
    }
}
