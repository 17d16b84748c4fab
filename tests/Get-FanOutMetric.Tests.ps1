Describe 'Get-FanOutMetric' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        . (Join-Path $PSScriptRoot Pwsh.ps1)
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders
        $null = Register-FanOutTarget sqs idle "${archive}-2" -SourceArn $orders

        # As the function writes it.
        $group = $cloud.Logs.CreateLogGroup('/aws/lambda/fanout')
        $now = [DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds()
        $cloud.Logs.Write($group.Arn, 'stream', "{""level"":""metric"",""message"":""metrics"",""_aws"":{""Timestamp"":$now,""CloudWatchMetrics"":[{""Namespace"":""Custom/FanOut"",""Dimensions"":[[""Source"",""Destination"",""Function""]],""Metrics"":[{""Name"":""Records"",""Unit"":""Count""},{""Name"":""Delivered"",""Unit"":""Count""},{""Name"":""Failed"",""Unit"":""Count""},{""Name"":""Duration"",""Unit"":""Milliseconds""}]}]},""Source"":""$orders"",""Destination"":""$archive"",""Function"":""fanout"",""Records"":9,""Delivered"":7,""Failed"":2,""Duration"":12}")
    }
    AfterAll { Stop-Cloud }

    It 'gets what the function has written of a target in the pipeline' {
        $metric = Get-FanOutTarget copy | Get-FanOutMetric
        $metric.Delivered | Should -Be 7
        $metric.Failed | Should -Be 2
        $metric.Duration | Should -Be ([timespan]::FromMilliseconds(12))
        ($metric.Points | Measure-Object Records -Sum).Sum | Should -Be 9
    }

    It 'is a table of 80 columns with a line of signs, also of a target without values' {
        $lines = Get-FanOutMetric | Out-String -Width 80 -Stream | Where-Object { $_ }
        ($lines -match '^copy') | Should -Match '^copy +7 +2 +0 +0 +12ms [·.]+[█#][·.]*$'
        ($lines -match '^idle') | Should -Match '^idle +0 +0 +0 +0 +[·.]+$'
    }

    It 'is a table by Format-Table too' {
        Get-FanOutMetric -By Source | Format-Table | Out-String -Width 100 | Should -Match 'orders +7 +2'
    }

    It 'shows with -Watch the table again, without escape codes where it goes into a file' {
        $file = Join-Path $TestDrive out.txt
        $script = "Import-Module '$manifest'; `$PSDefaultParameterValues = @{ '*-FanOut*:EndpointUrl' = '$($cloud.Endpoint)'; '*-FanOut*:Region' = 'us-east-1'; '*-FanOut*:AccessKey' = 'AKIATESTSOFFANOUT000'; '*-FanOut*:SecretKey' = 'secret' }; Get-FanOutMetric -Watch -Interval 1"
        $arguments = @($pwsh | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive', '-EncodedCommand', ([Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script)))
        $process = Start-Process $pwsh[0] -ArgumentList $arguments -RedirectStandardOutput $file -PassThru
        try {
            $end = [datetime]::UtcNow.AddMinutes(1)
            do { Start-Sleep -Milliseconds 200; $text = "$(Get-Content $file -Raw)" } until ([regex]::Matches($text, 'copy').Count -ge 2 -or [datetime]::UtcNow -gt $end -or $process.HasExited)
        }
        finally { if (-not $process.HasExited) { $process.Kill($true) } }
        [regex]::Matches($text, '(?m)^copy +7 +2').Count | Should -BeGreaterOrEqual 2
        $text.Contains("`e") | Should -BeFalse
    }
}
