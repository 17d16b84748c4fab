Describe 'The tables of the module, as text of 80 columns' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
        $null = Register-FanOutTarget sqs copy https://sqs.us-east-1.amazonaws.com/123456789012/archive -SourceArn $orders -Active
        $null = Register-FanOutTarget redis cache 'rediss://user:pass-word@cache.example.com:6379' -SourceArn $orders
        $null = Register-FanOutTarget sqs changes $archive -Source customers -SourceType DynamoDB
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Wait

        # The lines that hold something.
        function Get-Text([scriptblock] $Command) { & $Command | Out-String -Width 80 -Stream | ForEach-Object TrimEnd | Where-Object { $_ } }
    }
    AfterAll {
        $PSStyle.OutputRendering = $rendering
        Stop-Cloud
    }

    It 'shows targets by source, without passwords' {
        Get-Text { Get-FanOutTarget -SourceArn $orders } | Should -Be @(
            '   Source: arn:aws:kinesis:us-east-1:123456789012:stream/orders'
            'Id                       Type      State    Destination'
            '--                       ----      -----    -----------'
            'cache                    redis     Inactive rediss://***@cache.example.com:6379'
            'copy                     sqs       Active   https://sqs.us-east-1.amazonaws.com…'
        )
    }

    It 'shows sources by function, with how they are' {
        Get-Text { Get-FanOutSource -SourceArn $orders } | Should -Be @(
            '   Function: fanout'
            'Name                 Kind     State        Targets  Status'
            '----                 ----     -----        -------  ------'
            'orders               Kinesis  Enabled      1 of 2   OK'
        )
    }

    It 'shows a problem whole, over several lines' {
        $lines = Get-Text { Get-FanOutSource -Source customers -SourceType DynamoDB }

        $lines[3] | Should -Be 'customers            DynamoDB NotConnected 0 of 1   (2) Targets are registered,'
        ($lines[3..$lines.Count] | ForEach-Object { $_.Substring(52) }) -join '' | Should -Match 'Connect-FanOutSource -SourceArn'
    }

    It 'shows functions by region' {
        Get-Text { Get-FanOutFunction } | Should -Be @(
            '   Region: us-east-1'
            'FunctionName             State     Sources   Targets   Status'
            '------------             -----     -------   -------   ------'
            'fanout                   Active    1 of 1    1 of 3    OK'
        )
    }

    It 'shows policies by role' {
        (Get-Text { Get-FanOutPolicy })[0..2] | Should -Be @(
            '   Role: arn:aws:iam::123456789012:role/fanout'
            'Kind          Name                     Statements'
            '----          ----                     ----------'
        )
    }

    It 'has no line of more than 80 columns in <_>' -ForEach 'Get-FanOutTarget', 'Get-FanOutSource', 'Get-FanOutFunction', 'Get-FanOutPolicy' {
        $lines = Get-Text { & $_ }

        $lines.Count | Should -BeGreaterThan 3
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
