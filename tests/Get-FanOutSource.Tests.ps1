Describe 'Get-FanOutSource' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = Register-FanOutTarget sqs copy-1 $archive -SourceArn $orders -Enabled
        $null = Register-FanOutTarget sqs copy-2 $archive -SourceArn $orders
        $null = Register-FanOutTarget sqs copy-3 $archive -Source customers -SourceType DynamoDB
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Wait
    }
    AfterAll { Stop-Cloud }

    It 'shows the chain of a source' {
        $source = Get-FanOutSource -Source orders -SourceType Kinesis

        $source.Name | Should -Be 'orders'
        $source.State | Should -Be 'Enabled'
        $source.EnabledTargets | Should -Be 1
        $source.AllTargets | Should -Be 2
    }

    It 'shows sources that have targets but are not connected' {
        $source = Get-FanOutSource | Where-Object State -eq NotConnected

        $source.Name | Should -Be 'customers'
        $source.Problems | Should -Not -BeNullOrEmpty
    }

    It 'changes nothing' {
        Clear-Call
        $null = Get-FanOutSource
        Get-Change | Should -BeNullOrEmpty
    }
}
