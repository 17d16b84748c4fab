Describe 'Get-FanOutTarget' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = Register-FanOutTarget sqs copy-1 $archive -SourceArn $orders -Enabled
        $null = Register-FanOutTarget sqs copy-2 $archive -Source customers -SourceType DynamoDB
        $null = Register-FanOutTarget iot news 'abc-ats.iot.us-east-1.amazonaws.com#news' -SourceArn $orders
    }
    AfterAll { Stop-Cloud }

    It 'gets all targets' {
        (Get-FanOutTarget).Id | Sort-Object | Should -Be 'copy-1', 'copy-2', 'news'
    }

    It 'gets those of a source, by name and by ARN' {
        (Get-FanOutTarget -Source orders -SourceType Kinesis).Id | Sort-Object | Should -Be 'copy-1', 'news'
        (Get-FanOutTarget -SourceArn $orders).Id | Sort-Object | Should -Be 'copy-1', 'news'
        (Get-FanOutTarget -Source customers -SourceType DynamoDB).Id | Should -Be 'copy-2'
    }

    It 'gets those whose id or type matches' {
        (Get-FanOutTarget copy-*).Id | Sort-Object | Should -Be 'copy-1', 'copy-2'
        (Get-FanOutTarget -Type iot).Id | Should -Be 'news'
    }

    It 'says that a target does not exist' {
        { Get-FanOutTarget absent -ErrorAction Stop } | Should -Throw -ErrorId 'TargetNotFound,FanOut.Commands.GetFanOutTargetCommand'
    }

    It 'shows a row that is no valid mapping with the reason' {
        $cloud.Dynamo.Find('fanoutTargets').Put("{""sourceArn"":{""S"":""$orders""},""id"":{""S"":""bad""},""type"":{""S"":""kafka""},""destination"":{""S"":""t""}}")

        $bad = Get-FanOutTarget bad
        $bad.State | Should -Be 'Invalid'
        $bad.Problem | Should -Match 'kafka'
    }
}
