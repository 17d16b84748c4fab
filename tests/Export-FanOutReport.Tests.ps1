Describe 'Export-FanOutReport' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -WarningAction Ignore
        $null = Register-FanOutTarget sqs archive $archive -SourceArn $orders -Enabled
        $folder = Join-Path ([IO.Path]::GetTempPath()) "fanout-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory -Path $folder
    }

    AfterAll {
        Stop-Cloud
        Remove-Item -Recurse -Force -Path $folder
    }

    It 'writes a page for a browser, outputs its file, and changes nothing' {
        Clear-Call
        $file = Export-FanOutReport -Path $folder -Title 'Orders <now>'
        @(Get-Change).Count | Should -Be 0

        $file | Should -BeOfType IO.FileInfo
        $file.Name | Should -Be 'fanout-report.html'
        $page = Get-Content -Raw $file
        $page | Should -BeLike '<!DOCTYPE html>*'
        $page | Should -BeLike '*<h1>Orders &lt;now&gt;</h1>*'
        $page | Should -BeLike '*archive*'
    }

    It 'takes functions from Get-FanOutFunction' {
        (Get-FanOutFunction fanout | Export-FanOutReport -Path (Join-Path $folder piped.html)).Name | Should -Be 'piped.html'
    }

    It 'keeps a file with -NoClobber, and writes none with -WhatIf' {
        { Export-FanOutReport -Path (Join-Path $folder piped.html) -NoClobber -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,FanOut.Commands.ExportFanOutReportCommand'
        Export-FanOutReport -Path (Join-Path $folder other.html) -WhatIf
        Join-Path $folder other.html | Should -Not -Exist
    }
}
