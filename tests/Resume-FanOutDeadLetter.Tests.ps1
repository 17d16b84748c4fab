Describe 'Resume-FanOutDeadLetter' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = $cloud.Sqs.CreateQueue('failed')
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders -DeadLetter arn:aws:sqs:us-east-1:123456789012:failed -Collapse none -MaxItemBytes 5 -Enabled
        foreach ($number in 1..3) {
            $data = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("{`"id`":$number}"))
            $cloud.Sqs.Send('failed', "{`"version`":1,`"mappingId`":`"copy`",`"sourceArn`":`"$orders`",`"sequenceNumber`":`"$number`",`"partitionKey`":`"k`",`"class`":`"Oversize`",`"code`":`"Oversize`",`"attempts`":0,`"data`":`"$data`"}")
        }
    }
    AfterAll { Stop-Cloud }

    It 'lists the letters of a poisoned mapping, and sends none while it is poisoned' {
        (Get-FanOutDeadLetter failed -Summary).Count | Should -Be 3
        $result = Resume-FanOutDeadLetter failed -ErrorAction SilentlyContinue -ErrorVariable problems
        $result.Failed, $result.Removed | Should -Be 3, 0
        $problems.FullyQualifiedErrorId | Should -HaveCount 2 -Because 'letters that fail alike are told once, and counted'
        $problems[0].FullyQualifiedErrorId | Should -Match '^LetterNotDelivered,'
        $problems[0].TargetObject.SequenceNumber | Should -Be 1
        $problems[1] | Should -Match 'So it was with 2 more letters'
        $result.Failures.SequenceNumber | Should -Be 1, 2, 3
        $result.Failures.Class | Should -Be Oversize, Oversize, Oversize
        $cloud.Sqs.Find('archive').Messages | Should -HaveCount 0
    }

    It 'sends them when it is mended: each arrives once, in order' {
        $null = Set-FanOutTarget copy -SourceArn $orders -MaxItemBytes $null
        Resume-FanOutDeadLetter failed -First 1 | Out-String -Width 80 | Should -Match '(?m)^copy +1 +1 +0 +0 +0 +1'
        (Get-FanOutDeadLetter failed | Resume-FanOutDeadLetter).Delivered | Should -Be 2
        ($cloud.Sqs.Find('archive').Messages.Body | ConvertFrom-Json).id | Sort-Object | Should -Be 1, 2, 3
        $cloud.Sqs.Find('failed').Messages | Should -HaveCount 0
        Resume-FanOutDeadLetter failed | Should -BeNullOrEmpty
    }

    It 'sends a file, and takes out of it what was delivered' {
        $file = Join-Path $TestDrive letters.ndjson
        4..6 | ForEach-Object {
            $data = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("{`"id`":$_}"))
            "{`"version`":1,`"mappingId`":`"copy`",`"sourceArn`":`"$orders`",`"sequenceNumber`":`"$_`",`"partitionKey`":`"k`",`"class`":`"Oversize`",`"data`":`"$data`"}"
        } | Set-Content $file
        Get-FanOutDeadLetter $file | Where-Object SequenceNumber -EQ 5 | Resume-FanOutDeadLetter | ForEach-Object Removed | Should -Be 1
        (Get-FanOutDeadLetter $file).SequenceNumber | Should -Be 4, 6
        (Get-Item $file | Resume-FanOutDeadLetter).Delivered | Should -Be 2
        ($cloud.Sqs.Find('archive').Messages.Body | ConvertFrom-Json).id | Sort-Object | Should -Be (1..6)
        (Get-Item $file).Length | Should -Be 0
    }
}
