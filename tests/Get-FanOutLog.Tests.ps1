Describe 'Get-FanOutLog' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $group = $cloud.Logs.CreateLogGroup('/aws/lambda/fanout')
        $cloud.Logs.Write($group.Arn, 'stream', "{""level"":""error"",""message"":""batch"",""requestId"":""r"",""ms"":3,""sources"":[{""source"":""$orders"",""records"":2,""failed"":1,""targets"":[{""id"":""copy"",""destination"":""c"",""delivered"":1,""retried"":0,""calls"":1,""ms"":2,""failures"":[{""class"":""Oversize"",""code"":""Oversize"",""count"":1,""reason"":""It has 300000 bytes.""}]}]}]}")
    }
    AfterAll { Stop-Cloud }

    It 'gets what failed, and why, of a target in the pipeline' {
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders
        $entry = Get-FanOutTarget copy | Get-FanOutLog -Level error
        $entry.Class | Should -Be 'Oversize'
        $entry.Delivered | Should -Be 1
        $entry.Duration | Should -Be ([timespan]::FromMilliseconds(2))
    }

    It 'is a table with the reason' {
        Get-FanOutLog | Out-String -Width 80 | Should -Match 'error +copy +Oversize: It has 300000 bytes'
    }

    It 'ends -Wait where the pipeline ends' {
        (Get-FanOutLog -Wait | Select-Object -First 1).Id | Should -Be 'copy'
    }
}
