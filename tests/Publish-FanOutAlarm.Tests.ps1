Describe 'Publish-FanOutAlarm' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = $cloud.Sns.CreateTopic('operations')
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Wait
    }
    AfterAll { Stop-Cloud }

    It 'makes alarms that tell a topic, and the second time nothing' {
        $made = Get-FanOutFunction | Publish-FanOutAlarm -Topic operations -PassThru
        $made.Metric | Sort-Object | Should -Be 'DeadLettered', 'Failed', 'InvalidMappings', 'IteratorAge'
        $made.Topic | Select-Object -Unique | Should -Be 'arn:aws:sns:us-east-1:123456789012:operations'
        Clear-Call
        Publish-FanOutAlarm -Topic operations
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is a table of 80 columns' {
        Publish-FanOutAlarm -PassThru | Out-String -Width 80 | Should -Match 'Failed +INSUFFICIENT_DATA +0 +operations'
    }

    It 'removes them' {
        Publish-FanOutAlarm -Remove
        $cloud.CloudWatch.Alarms | Should -BeNullOrEmpty
    }
}
