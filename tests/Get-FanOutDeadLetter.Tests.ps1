Describe 'Get-FanOutDeadLetter' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = $cloud.Sqs.CreateQueue('failed')
        $failed = 'arn:aws:sqs:us-east-1:123456789012:failed'
        foreach ($number in 1..3) {
            $data = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("{`"id`":$number}"))
            $cloud.Sqs.Send('failed', "{`"version`":1,`"mappingId`":`"copy`",`"type`":`"sqs`",`"destination`":`"$archive`",`"sourceArn`":`"$orders`",`"sequenceNumber`":`"$number`",`"partitionKey`":`"k`",`"class`":`"Oversize`",`"code`":`"Oversize`",`"reason`":`"It has 300000 bytes.`",`"attempts`":0,`"data`":`"$data`"}")
        }
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders -DeadLetter $failed
    }
    AfterAll { Stop-Cloud }

    It 'gets the letters of a target in the pipeline, and takes none' {
        foreach ($time in 1..2) {
            $letters = Get-FanOutTarget copy | Get-FanOutDeadLetter | Sort-Object SequenceNumber
            $letters.Json.id | Should -Be 1, 2, 3
            $letters[0].Class | Should -Be 'Oversize'
            $letters[0].ReceiveCount | Should -Be $time
        }
    }

    It 'is a table with the reason' {
        Get-FanOutDeadLetter failed | Select-Object -First 1 | Out-String -Width 80 | Should -Match ' copy +Oversize: It has 300000 bytes'
        Get-FanOutDeadLetter failed -Summary | Out-String -Width 80 | Should -Match '(?m)^3 +copy .+ Oversize: It has 300000 '
        Get-FanOutDeadLetter failed -Summary | Format-Table | Out-String -Width 80 | Should -Match '(?m)^3 +copy .+ Oversize: It has'
    }

    It 'writes the letters into a file' {
        (Get-FanOutDeadLetter failed -Pattern '{"data":{"id":[{"numeric":[">",1]}]}}' -Path (Join-Path $TestDrive letters.ndjson)).Name | Should -Be 'letters.ndjson'
        (Get-Content (Join-Path $TestDrive letters.ndjson) | ConvertFrom-Json).sequenceNumber | Sort-Object | Should -Be '2', '3'
    }
}
