{{ define "demo.name" }}x{{ end }}
