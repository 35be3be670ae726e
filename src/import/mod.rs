//! Cases from spreadsheets and back.
