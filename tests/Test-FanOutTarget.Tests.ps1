Describe 'Test-FanOutTarget' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders -Enabled -Collapse none
        $null = Register-FanOutTarget iot news 'abc-ats.iot.us-east-1.amazonaws.com#news' -SourceArn $orders
    }
    AfterAll { Stop-Cloud }

    It 'passes what can work, and warns of what is disabled' {
        (Test-FanOutTarget copy -SourceArn $orders | Where-Object Check -eq Verdict).Status | Should -Be 'Pass'
        (Get-FanOutTarget news | Test-FanOutTarget | Where-Object Status -eq Warn).Check | Should -Be 'Enabled', 'Verdict'
    }

    It 'lets a filter be tested before it is registered' {
        $big = [pscustomobject]@{ Id = 'big'; Type = 'sqs'; Destination = $archive; SourceArn = $orders; Collapse = 'none'; Filter = @{ data = @{ total = @(@{ numeric = '>', 1000 }) } } }
        $sent = $big | Test-FanOutTarget -Record @{ total = 12 }, @{ total = 1200 } -PassThru
        $sent.Text | ConvertFrom-Json | ForEach-Object total | Should -Be 1200
        $sent.Record | Should -Be 1
    }

    It 'shows the calls, whole' {
        $plan = Test-FanOutTarget copy -SourceArn $orders -Record a, b | Where-Object Check -eq Plan
        $plan.Calls.Operation | Should -Be 'SendMessageBatch'
        [Text.Encoding]::UTF8.GetString($plan.Calls[0].Body) | ConvertFrom-Json | ForEach-Object { $_.Entries.MessageBody } | Should -Be 'a', 'b'
    }

    It 'is a table of checks' {
        $table = Test-FanOutTarget copy -SourceArn $orders | Out-String -Width 80
        $table | Should -Match 'Target: copy of arn:aws:kinesis'
        $table | Should -Match 'Verdict +Pass +It can work'
    }

    It 'shows what to do, in lines that break between words' {
        $table = Test-FanOutTarget news -SourceArn $orders | Out-String -Width 80
        $table | Should -Match '→ Enable-FanOutTarget .news. -SourceArn'
        $table -split "`n" | Where-Object { $_ -notmatch 'arn:' } | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 79 }
    }
}
