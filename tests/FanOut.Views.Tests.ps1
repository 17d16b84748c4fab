Describe 'The tables of the module, as text of 80 columns' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
        $null = Register-FanOutTarget sqs copy https://sqs.us-east-1.amazonaws.com/123456789012/archive -SourceArn $orders -Enabled
        $null = Register-FanOutTarget redis cache 'rediss://user:pass-word@cache.example.com:6379' -SourceArn $orders
        $null = Register-FanOutTarget lambda away arn:aws:lambda:eu-west-1:210987654321:function:audit:live -SourceArn $orders -Enabled
        $null = Register-FanOutTarget es search 'https://search-orders-0123456789abcdefghijklmnop.us-east-1.es.amazonaws.com#orders' -SourceArn $orders
        $null = Register-FanOutTarget sqs changes $archive -Source customers -SourceType DynamoDB
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Wait

        # The lines that hold something.
        function Get-Text([scriptblock] $Command, [int] $Width = 80) { & $Command | Out-String -Width $Width -Stream | ForEach-Object TrimEnd | Where-Object { $_ } }
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
            'away                     lambda    Enabled  audit:live in eu-west-1 of 21098765…'
            'cache                    redis     Disabled rediss://***@cache.example.com:6379'
            'copy                     sqs       Enabled  archive'
            'search                   es        Disabled orders at search-orders-0123456789a…'
        )
    }

    It 'shows sources by function, with how they are' {
        Get-Text { Get-FanOutSource -SourceArn $orders } | Should -Be @(
            '   Function: fanout'
            'Name                 SourceType State        Targets  Status'
            '----                 ---------- -----        -------  ------'
            'orders               Kinesis    Enabled      2 of 4   OK'
        )
    }

    It 'shows that a source is suspended, and cuts nothing of it' {
        $null = $cloud.Sns.CreateTopic('news')
        $null = Connect-FanOutSource -Source news -OnFailureDestination $archive
        try {
            $orders, 'arn:aws:sns:us-east-1:123456789012:news' | ForEach-Object { $null = Register-FanOutTarget sqs seen $archive -SourceArn $_ -Enabled }
            Get-Text { Suspend-FanOutSource orders, news -PassThru -Wait } | Select-Object -Last 2 | Should -Be @(
                'orders               Kinesis    Disabled     3 of 5   The stream is suspended.'
                'news                 SNS        Disabled     1 of 1   The topic is suspended.'
            )
        }
        finally {
            Resume-FanOutSource orders -Wait
            Disconnect-FanOutSource news -Confirm:$false
            Get-FanOutTarget seen | Unregister-FanOutTarget -Confirm:$false
        }
    }

    It 'shows functions by region' {
        Get-Text { Get-FanOutFunction } | Should -Be @(
            '   Region: us-east-1'
            'FunctionName             State     Sources   Targets   Status'
            '------------             -----     -------   -------   ------'
            'fanout                   Active    1 of 1    2 of 5    OK'
        )
    }

    It 'shows policies by role' {
        (Get-Text { Get-FanOutPolicy })[0..2] | Should -Be @(
            '   Role: arn:aws:iam::123456789012:role/fanout'
            'PolicyType    Name                     Statements'
            '----------    ----                     ----------'
        )
    }

    It 'keeps tables where a script outputs objects of several types, <First> first' -ForEach @(
        @{ First = 'Get-FanOutFunction'; Commands = 'Get-FanOutFunction', 'Get-FanOutSource', 'Get-FanOutTarget', 'Get-FanOutPolicy' }
        @{ First = 'Get-FanOutPolicy'; Commands = 'Get-FanOutPolicy', 'Get-FanOutTarget', 'Get-FanOutSource', 'Get-FanOutFunction' }
    ) {
        $together = Get-Text { foreach ($name in $Commands) { & $name } }

        $together | Should -Be @(foreach ($name in $Commands) { Get-Text { & $name } })
    }

    It 'shows <_> by Format-Table as without it' -ForEach 'Get-FanOutTarget', 'Get-FanOutSource', 'Get-FanOutFunction', 'Get-FanOutPolicy' {
        Get-Text { & $_ | Format-Table } -Width 160 | Should -Be (Get-Text { & $_ } -Width 160)
    }

    It 'shows what another process sent as what is here' {
        $sent = { Get-FanOutTarget; Get-FanOutSource; Get-FanOutFunction; Get-FanOutPolicy }
        $received = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(@(& $sent), 3))

        Get-Text { $received } | Should -Be (Get-Text $sent)
    }

    It 'has no line of more than 80 columns in <_>' -ForEach 'Get-FanOutTarget', 'Get-FanOutSource', 'Get-FanOutFunction', 'Get-FanOutPolicy' {
        $lines = Get-Text { & $_ }

        $lines.Count | Should -BeGreaterThan 3
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'shows problems without commands, which a screen would break; Problems has them whole' {
        $source = Get-FanOutSource -Source customers -SourceType DynamoDB

        (Get-Text { $source })[-1] | Should -Be 'customers            DynamoDB   NotConnected 0 of 1   (2) Targets are registere…'
        Get-Text { $source | Format-List } | Where-Object { $_ -match 'Connect-|Enable-' } | Should -BeNullOrEmpty
        Get-Text { $source | Format-List } | Where-Object { $_ -match 'What repairs it: \(Get-FanOutSource\)\.Problems$' } | Should -Not -BeNullOrEmpty
        $source.Problems[0] | Should -BeLike "*connected. Connect-FanOutSource -SourceArn 'arn:*' -Region us-east-1"
    }

    It 'finds every method that a view calls, or a column would be empty without a word' {
        $called = [regex]::Matches((Get-Content -Raw (Join-Path $root FanOut.Format.ps1xml)), 'ViewText\]::(\w+)') | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique

        $called.Count | Should -BeGreaterThan 10
        $called | Where-Object { -not [FanOut.Views.ViewText].GetMethod($_) } | Should -BeNullOrEmpty
    }

    It 'shows the changes of a plan in a table that was asked for' {
        $file = Join-Path TestDrive: fanout.json
        Export-FanOutTarget $file -Force

        (Get-Text { Sync-FanOutTarget $file -WhatIf 6> $null | Format-Table }) -join "`n" | Should -Match '= Unchanged\s+Target'
    }

    It 'gives a state its colour, and only if there may be colours' {
        $PSStyle.OutputRendering = 'Ansi'
        try {
            foreach ($format in { Get-FanOutSource }, { Get-FanOutSource | Format-Table }) {
                $text = & $format | Out-String -Width 120
                $text | Should -Match ([regex]::Escape("$($PSStyle.Foreground.Green)Enabled$($PSStyle.Reset)"))
                $text | Should -Match ([regex]::Escape("$($PSStyle.Formatting.Error)NotConnected$($PSStyle.Reset)"))
                $text | Should -Match ([regex]::Escape($PSStyle.Formatting.TableHeader))
            }
        }
        finally { $PSStyle.OutputRendering = 'PlainText' }
        Get-Text { Get-FanOutSource } | Where-Object { $_.Contains("`e") } | Should -BeNullOrEmpty
    }
}
